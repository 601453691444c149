import { type Starter, starterPage } from './starter.ts';

/** Several stories. */
export const newsletter: Starter = {
  id: 'newsletter',
  name: 'Newsletter',
  description: 'A lead story and two short ones.',
  subject: 'What happened this month',
  preheader: 'Three stories, four minutes.',
  mjml: starterPage({
    background: '#ffffff',
    body: `    <mj-section padding="40px 32px 0">
      <mj-column>
        <mj-text font-size="22px" font-weight="800" color="#1c2430" padding="0 0 4px">{{ organization.name }}</mj-text>
        <mj-text font-size="14px" color="#6b7482" padding="0 0 20px">The monthly letter</mj-text>
        <mj-divider border-width="3px" border-color="#1c2430" padding="0 0 32px" />
      </mj-column>
    </mj-section>

    <mj-section padding="0 32px">
      <mj-column>
        <mj-text>Hello {{ customer.firstName | default: "there" }},</mj-text>
        <mj-text font-size="28px" line-height="36px" font-weight="700" color="#1c2430" padding="8px 0 12px">
          The lead story of this month
        </mj-text>
        <mj-text>
          Tell what happened, why it matters to your readers, and what they can do with it. Two paragraphs are plenty:
          the rest belongs behind the link.
        </mj-text>
        <mj-text padding="0 0 24px"><a href="https://example.com/story">Read the whole story</a></mj-text>
        <mj-divider />
      </mj-column>
    </mj-section>

    <mj-section padding="0 20px 8px">
      <mj-column padding="0 12px">
        <mj-text font-size="18px" line-height="26px" font-weight="700" color="#1c2430" padding="0 0 8px">A shorter story</mj-text>
        <mj-text font-size="15px" line-height="24px">Two sentences on something that deserves a look. Keep it light.</mj-text>
        <mj-text font-size="15px" padding="0 0 24px"><a href="https://example.com/second">Have a look</a></mj-text>
      </mj-column>
      <mj-column padding="0 12px">
        <mj-text font-size="18px" line-height="26px" font-weight="700" color="#1c2430" padding="0 0 8px">A date to keep</mj-text>
        <mj-text font-size="15px" line-height="24px">Say what, where and when. Who is quick gets the best seats.</mj-text>
        <mj-text font-size="15px" padding="0 0 24px"><a href="https://example.com/date">Save the date</a></mj-text>
      </mj-column>
    </mj-section>
    <mj-section padding="0 32px">
      <mj-column><mj-divider padding="0" /></mj-column>
    </mj-section>
`,
  }),
};
