import type { Browser, Page, Route } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { connect } from '../../../packages/db/src/database.ts';
import type { Rule, RuleNode, UnitFilter } from '../../../packages/domain/src/index.ts';
import { faultsInEveryLook } from './axe.ts';
import { newVisitor, openBrowser, type Visitor } from './browser.ts';
import { type RunningApp, startApp } from './harness.ts';

let app: RunningApp;
let browser: Browser;
let ann: Visitor;
let page: Page;
let orgId: string;

beforeAll(async () => {
  [app, browser] = await Promise.all([startApp(), openBrowser()]);
  ann = await newVisitor(browser, { baseURL: app.url });
  page = ann.page;
  const person = {
    name: 'Ann Lee',
    email: 'ann@example.com',
    password: 'correct horse battery',
    organizationName: 'Acme',
  };
  await ann.context.request.post('/api/trpc/accounts.signUp', { data: person });
  const me = await (await ann.context.request.get('/api/trpc/accounts.me')).json();
  orgId = me.result.data.organizations[0].id;
  // Two thousand customers with all they did take their time on a busy machine.
  await ann.context.request.post('/api/trpc/demo.fill', { data: { orgId }, timeout: 120_000 });
});
afterAll(async () => {
  await browser?.close();
  await app?.stop();
});

/** Asks the server as the page does. */
async function ask(procedure: string, input: object) {
  const response = await ann.context.request.post(`/api/trpc/${procedure}`, { data: { orgId, ...input } });
  const { result, error } = await response.json();
  if (error) throw new Error(`${procedure}: ${JSON.stringify(error)}`);
  return result.data;
}
async function read(procedure: string, input: object) {
  const text = encodeURIComponent(JSON.stringify({ orgId, ...input }));
  return (await (await ann.context.request.get(`/api/trpc/${procedure}?input=${text}`)).json()).result.data;
}

const ruleOf = (root: RuleNode): Rule => ({ version: 1, root });
const shown = (size: number) => new Intl.NumberFormat('en-US').format(size);
const sizeOf = async (root: RuleNode): Promise<string> =>
  shown((await ask('segments.preview', { rule: ruleOf(root) })).size);
const create = async (name: string, root: RuleNode): Promise<string> =>
  (await ask('segments.create', { name, description: '', rule: ruleOf(root) })).id;

const figure = () => page.getByRole('status', { name: 'Number of people' });
const sized = (size: string) => figure().getByText(size, { exact: true }).waitFor();
const button = (name: string) => page.getByRole('button', { name, exact: true });
const box = (name: string) => page.getByRole('textbox', { name, exact: true });

async function begin(): Promise<void> {
  await page.goto('/o/acme/segments/new');
  await page.getByRole('heading', { level: 1, name: 'New segment' }).waitFor();
}

async function open(id: string): Promise<void> {
  await page.goto(`/o/acme/segments/${id}`);
  await button('Save segment').waitFor({ timeout: 60_000 });
}

async function choose(label: string, option: string): Promise<void> {
  await page.getByRole('combobox', { name: label, exact: true }).click();
  await page.getByRole('option', { name: option, exact: true }).click();
}

async function add(subject: string): Promise<void> {
  await page.getByRole('combobox', { name: 'Add condition' }).last().click();
  await page.getByRole('option', { name: subject, exact: true }).click();
}

/** Names the segment, saves it, and gives the rule that was stored. */
async function save(name: string): Promise<Rule> {
  await box('Name').fill(name);
  await button('Create segment').click();
  await page.getByRole('heading', { level: 1, name }).waitFor();
  const [id] = page.url().split('/').slice(-1);
  return (await read('segments.get', { segmentId: id })).rule;
}

const last90 = { type: 'last', amount: 90, unit: 'days' } as const;

describe('each kind of condition is built by clicks, counted, saved and opened as it was', () => {
  async function holds(name: string, expected: RuleNode): Promise<void> {
    const size = await sizeOf(expected);
    await sized(size);
    expect(await save(name)).toEqual(ruleOf({ type: 'all', children: [expected] }));
    await page.reload();
    await button('Save segment').waitFor();
    await sized(size);
    expect(await page.getByText('Unsaved changes').count()).toBe(0);
  }

  test('orders, in a time by the clock', async () => {
    await begin();
    await add('Orders');
    await box('Orders: value').fill('2');
    await box('Orders: time: amount').fill('300');
    await button('Orders: time: count days by the clock, back from this minute').click();
    await holds('Orders by the clock', {
      type: 'behaviour',
      eventTypes: ['order'],
      unit: 'event',
      window: { type: 'last', amount: 300, unit: 'days', mode: 'rolling' },
      measure: { aggregate: 'count' },
      test: { operator: 'gte', value: 2 },
    });
  });

  test('items bought, with details in a group', async () => {
    await begin();
    await add('Items bought');
    await choose('Items bought: measure', 'quantity, added up');
    await box('Items bought: value').fill('2');
    await button('Items bought: only where').click();
    await page.getByRole('combobox', { name: 'Category: values' }).fill('Espresso');
    await page.keyboard.press('Enter');
    await button('Add group of details').click();
    await choose('Items bought: where or where not', 'where not');
    await page.getByRole('combobox', { name: 'Category: values' }).last().fill('Filter');
    await page.keyboard.press('Enter');
    await choose('Items bought: time', 'at any time');
    const category = (values: string[]): UnitFilter => ({
      type: 'field',
      field: 'line.category',
      test: { operator: 'in', values },
    });
    await holds('Espresso, not filter', {
      type: 'behaviour',
      eventTypes: ['order'],
      unit: 'line',
      where: { type: 'all', children: [category(['Espresso']), { type: 'not', child: category(['Filter']) }] },
      window: { type: 'ever' },
      measure: { aggregate: 'sum', field: 'line.quantity' },
      test: { operator: 'gte', value: 2 },
    });
  });

  test('events in order, each within a time, and something that did not follow', async () => {
    await begin();
    await add('Events in order');
    await choose('Step 2: events', 'Orders');
    await choose('Step 2: how soon', 'within');
    await box('Step 2: within: amount').fill('60');
    await button('And not followed by …').click();
    await choose('Not followed by: events', 'Refunds');
    await choose('Events in order: time of the first', 'at any time');
    await holds('Two orders and no refund', {
      type: 'sequence',
      steps: [
        { eventTypes: ['order'] },
        { eventTypes: ['order'], within: { amount: 60, unit: 'days', from: 'previous' } },
      ],
      notFollowedBy: { eventTypes: ['refund'], within: { amount: 7, unit: 'days' } },
      window: { type: 'ever' },
    });
  });

  test('campaign messages, by machines too', async () => {
    await begin();
    await add('Campaign messages');
    await page.getByRole('checkbox', { name: 'with opens and clicks by machines' }).check();
    await box('Campaign messages: value').fill('2');
    await holds('Read twice', {
      type: 'engagement',
      kind: 'opened',
      window: last90,
      test: { operator: 'gte', value: 2 },
      includeMachine: true,
    });
  });

  test('not in another segment', async () => {
    const segmentId = await create('Ordered once', {
      type: 'behaviour',
      eventTypes: ['order'],
      unit: 'event',
      window: { type: 'ever' },
      measure: { aggregate: 'count' },
      test: { operator: 'eq', value: 1 },
    });
    await begin();
    await add('Another segment');
    await page.getByText('Choose the segment.').waitFor();
    await choose('Another segment: in or not', 'they are not in');
    await choose('Another segment: segment', 'Ordered once');
    await holds('Not once', { type: 'not', child: { type: 'inSegment', segmentId: segmentId as never } });
  });

  test('the best tenth by what they spent', async () => {
    await begin();
    await add('Best or last customers');
    await box('Best or last customers: how many').fill('12.5');
    await choose('Best or last customers: time', 'at any time');
    const { currency } = (await (await ann.context.request.get('/api/trpc/accounts.me')).json()).result.data
      .organizations[0];
    await holds('Best eighth', {
      type: 'rank',
      direction: 'top',
      amount: 12.5,
      of: 'percent',
      eventTypes: ['order'],
      unit: 'event',
      window: { type: 'ever' },
      measure: { aggregate: 'sum', field: 'total', currency },
    });
  });

  test('an attribute that is not something, or has no value', async () => {
    await begin();
    await add('City');
    await choose('City: comparison', 'is not');
    await box('City: value').fill('Berlin');
    await button('City: let upper and lower case count').click();
    await page.getByRole('checkbox', { name: 'or has no value' }).check();
    await page.getByText('Customers whose city is not “Berlin” (or has no value; case counts).').waitFor();
    await holds('Not in Berlin', {
      type: 'attribute',
      field: 'attributes.city',
      test: { operator: 'neq', value: 'Berlin' },
      orMissing: true,
      caseSensitive: true,
    });
  });
});

describe('the builder by keyboard', () => {
  const rows = () =>
    page.locator('fieldset[data-row]').evaluateAll((all) => all.map((row) => row.getAttribute('aria-label')));
  const handle = (name: string) => button(`More for ${name}`);

  test('moves, groups, duplicates and removes conditions, and takes all of it back', async () => {
    await begin();
    for (const subject of ['Email', 'City', 'Plan']) {
      await expect
        .poll(
          async () => {
            if ((await rows()).includes(subject)) return true;
            await page.getByRole('combobox', { name: 'Add condition' }).last().focus();
            await page.keyboard.press('ControlOrMeta+a');
            await page.keyboard.type(subject);
            // What Enter takes is marked a moment after the letter was typed.
            await page.locator('[data-combobox-selected]').getByText(subject, { exact: true }).waitFor();
            await page.keyboard.press('Enter');
            return (await rows()).includes(subject);
          },
          { timeout: 30_000, interval: 1_000 },
        )
        .toBe(true);
      await page.keyboard.press('Escape');
    }
    expect(await rows()).toEqual(['Email', 'City', 'Plan']);
    await handle('Plan').focus();
    await page.keyboard.press('Alt+ArrowUp');
    expect(await rows()).toEqual(['Email', 'Plan', 'City']);
    await page.getByText('Moved up, 2 of 3').waitFor();
    // The focus went with it.
    await page.keyboard.press('Alt+ArrowRight');
    await page.getByText('Put into a group').or(page.getByText('Moved into a group, 1 of 1')).first().waitFor();
    await handle('City').focus();
    await page.keyboard.press('Alt+ArrowRight');
    await page.getByText('Moved into a group, 2 of 2').waitFor();
    expect(await button('Remove group').count()).toBe(1);
    await page.keyboard.press('Alt+ArrowLeft');
    await page.getByText('Moved out of the group, 3 of 3').waitFor();
    await page.keyboard.press('Alt+d');
    expect(await rows()).toEqual(['Email', 'Plan', 'City', 'City']);
    await page.keyboard.press('Alt+Delete');
    expect(await rows()).toEqual(['Email', 'Plan', 'City']);
    await page.keyboard.press('Alt+Shift+Enter');
    expect(await button('Remove group').count()).toBe(2);
    await page.keyboard.press('Control+z');
    expect(await button('Remove group').count()).toBe(1);
    await page.keyboard.press('Control+Shift+z');
    expect(await button('Remove group').count()).toBe(2);
    for (let i = 0; i < 7; i++) await page.keyboard.press('Control+z');
    expect(await rows()).toEqual(['Email', 'City', 'Plan']);
    expect(await button('Remove group').count()).toBe(0);
  });

  test('goes on typing in an empty rule that was undone, and says when nothing is left to undo', async () => {
    await begin();
    await add('Orders');
    await box('Orders: value').fill('7');
    await box('Orders: value').press('Control+z');
    expect(await box('Orders: value').inputValue()).toBe('1');
    await box('Orders: value').press('Control+z');
    await page.getByText('Everybody, until you add the first condition.').waitFor();
    expect(await button('Undo').isDisabled()).toBe(true);
  });
});

const ordered = (value: number): RuleNode => ({
  type: 'behaviour',
  eventTypes: ['order'],
  unit: 'event',
  window: { type: 'ever' },
  measure: { aggregate: 'count' },
  test: { operator: 'gte', value },
});

describe('the size', () => {
  test('is never overwritten by an older answer', async () => {
    const sizes = await Promise.all([1, 3, 5].map((value) => sizeOf(ordered(value))));
    const [one = '', three = '', five = ''] = sizes;
    expect(new Set(sizes).size).toBe(3);
    await open(await create('Race', ordered(1)));
    await sized(one);
    let heldRoute: ((route: Route) => void) | undefined;
    const held = new Promise<Route>((resolve) => {
      heldRoute = resolve;
    });
    await page.route('**/segments.preview*', async (route) => {
      const isThree = route.request().postData()?.includes('"value":3');
      if (isThree) heldRoute?.(route);
      else await route.continue();
    });
    // Every figure that was ever on the screen.
    await page.evaluate(`
      const figure = document.querySelector('[aria-label="Number of people"]');
      window.figures = [figure.textContent];
      new MutationObserver(() => window.figures.push(figure.textContent)).observe(figure, { childList: true, characterData: true, subtree: true });
    `);
    await box('Orders: value').fill('3');
    const older = await held;
    expect(await figure().textContent()).toBe(one);
    await box('Orders: value').fill('5');
    await sized(five);
    await older.continue().catch(() => undefined);
    await page.unroute('**/segments.preview*');
    await box('Orders: value').fill('1');
    await sized(one);
    const figures = (await page.evaluate('window.figures')) as string[];
    expect(figures.filter((text, i) => text !== figures[i - 1])).toEqual([one, five, one]);
    expect(figures).not.toContain(three);
  });

  test('says its instant, whom it reaches, and how much of it another segment has', async () => {
    await open(await create('Overlapping', ordered(2)));
    const { reach, size } = await ask('segments.preview', { rule: ruleOf(ordered(2)) });
    await sized(shown(size));
    await page.getByText(/^exact, \d{1,2}:\d{2}:\d{2}/).waitFor();
    await page
      .getByText('can be reached by e-mail')
      .locator('xpath=..')
      .getByText(shown(reach.email), { exact: true })
      .waitFor();
    await page
      .getByText('can be reached by SMS')
      .locator('xpath=..')
      .getByText(shown(reach.sms), { exact: true })
      .waitFor();
    await choose('Compare with a segment', 'Ordered once');
    await page.getByRole('status', { name: 'Overlap' }).getByText('0 in both').waitFor();
  });

  test('has its people at hand', async () => {
    const person = page.getByRole('region', { name: '10 of them' }).getByRole('link').first();
    const name = (await person.textContent()) ?? '';
    await person.click();
    await page.getByRole('heading', { level: 1, name }).waitFor();
  });
});

describe('a fault', () => {
  test('stands at the condition that the server refuses: a segment built on itself', async () => {
    const first = await create('First', ordered(2));
    const second = await create('Second', { type: 'inSegment', segmentId: first as never });
    await open(first);
    await add('Another segment');
    await choose('Another segment: segment', 'Second');
    await button('Save segment').click();
    await page
      .getByRole('group', { name: 'Another segment' })
      .getByText('This segment is built on the one that you edit', { exact: false })
      .waitFor();
    expect((await read('segments.get', { segmentId: first })).rule).toEqual(ruleOf(ordered(2)));
    await choose('Another segment: in or not', 'they are not in');
    await button('Remove Another segment').click();
    expect(await page.getByText('Unsaved changes').count()).toBe(1);
    expect(second).toBeTruthy();
  });

  test('stands at a condition whose attribute was removed, which is kept until it is exchanged', async () => {
    const id = await create('Old', { type: 'attribute', field: 'attributes.city', test: { operator: 'isSet' } });
    const database = await connect(app.mongoUri);
    await database.driver
      .collection<{ _id: string }>('segments')
      .updateOne({ _id: id }, { $set: { 'rule.root.field': 'attributes.shoe_size' } });
    await database.close();
    await open(id);
    await page.getByRole('group', { name: 'shoe_size' }).getByText('This field is gone. Choose another one.').waitFor();
    expect(await button('Save segment').getAttribute('aria-disabled')).toBe('true');
    await choose('shoe_size: subject', 'Country');
    await page.getByRole('combobox', { name: 'Country: values' }).fill('DE');
    await page.keyboard.press('Enter');
    await button('Save segment').click();
    await page.getByText('Segment saved').waitFor();
  });

  test('of a full rule is a kind word before it happens', async () => {
    const many = Array.from({ length: 100 }, (_, i): RuleNode => ordered(i + 1));
    await open(await create('A hundred', { type: 'any', children: many }));
    await page.getByText('100 of 100 conditions').waitFor();
    expect(await page.getByRole('combobox', { name: 'Add condition' }).isDisabled()).toBe(true);
    await page.locator('fieldset[data-row]').nth(99).waitFor({ timeout: 60_000 });
    await button('Remove Orders').first().click();
    expect(await page.getByRole('combobox', { name: 'Add condition' }).isEnabled()).toBe(true);
  });
});

describe('a stored segment', () => {
  const name =
    '“Röstfreunde” ☕️ who said "yes" & <b>more</b>, with a name as long as a name of a segment can be, all 120 of them';

  test('is saved as another one, under a long name with quotes and emoji', async () => {
    await open(await create('Template', ordered(2)));
    await box('Orders: value').fill('3');
    await button('Save as …').click();
    await page.getByRole('dialog').getByLabel('Name of the new segment').fill(name);
    await page.getByRole('dialog').getByRole('button', { name: 'Save new segment' }).click();
    await page.getByRole('heading', { level: 1, name }).waitFor();
    const [id] = page.url().split('/').slice(-1);
    expect((await read('segments.get', { segmentId: id })).rule).toEqual(ruleOf(ordered(3)));
  });

  test('goes on after it was saved, and tells of what somebody else saved', async () => {
    const id = await create('Shared', ordered(2));
    await open(id);
    await box('Orders: value').fill('3');
    await button('Save segment').click();
    await page.getByText('Segment saved').waitFor();
    await page.getByText('Unsaved changes').waitFor({ state: 'detached' });
    expect(await button('Undo').isEnabled()).toBe(true);
    await box('Orders: value').fill('4');
    await ask('segments.save', {
      segmentId: id,
      version: 2,
      name: 'Theirs',
      description: '',
      rule: ruleOf(ordered(9)),
    });
    await button('Show theirs').click();
    await page.getByRole('heading', { level: 1, name: 'Theirs' }).waitFor();
    expect(await box('Orders: value').inputValue()).toBe('9');
  });
});

describe('all nodes at once', () => {
  test('have no fault that axe finds, in light and dark, wide and narrow', async () => {
    const line: UnitFilter = { type: 'field', field: 'line.category', test: { operator: 'notIn', values: ['Filter'] } };
    const id = await create('Everything', {
      type: 'all',
      children: [
        ordered(1),
        {
          type: 'behaviour',
          eventTypes: ['order'],
          unit: 'line',
          where: { type: 'any', children: [line, { type: 'not', child: { type: 'all', children: [line, line] } }] },
          window: { type: 'ever' },
          measure: { aggregate: 'count' },
          test: { operator: 'gte', value: 1 },
        },
        {
          type: 'any',
          children: [
            {
              type: 'sequence',
              steps: [{ eventTypes: ['order', 'refund'] }, { eventTypes: ['call'] }],
              notFollowedBy: { eventTypes: ['ticket'] },
              window: last90,
            },
            { type: 'engagement', kind: 'clicked', window: last90 },
            {
              type: 'rank',
              direction: 'bottom',
              amount: 5,
              of: 'people',
              eventTypes: ['order'],
              unit: 'event',
              window: last90,
              measure: { aggregate: 'count' },
            },
          ],
        },
        { type: 'not', child: { type: 'attribute', field: 'attributes.city', test: { operator: 'neq', value: '☕️' } } },
      ],
    });
    await open(id);
    await page.getByText(/^exact, /).waitFor();
    expect(await faultsInEveryLook(page)).toEqual([]);
  });

  test('showed no fault in the console', () => {
    expect(ann.faults.filter((fault) => !fault.includes('400 (Bad Request)'))).toEqual([]);
  });
});
