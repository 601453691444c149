import { Radio, Select, Stack, Text, TextInput } from '@mantine/core';
import { DateInput } from '@mantine/dates';
import { useMemo } from 'react';
import { Section } from '../../components/section.tsx';
import { zoneNames } from '../../components/zone-names.ts';
import { columnsOf, dateOrderOf, dateQuestion, type ImportDraft, optionFaults } from './import-draft.ts';
import type { Inspection } from './import-words.ts';
import classes from './imports.module.css';

interface OptionsStepProps {
  readonly inspection: Inspection;
  readonly draft: ImportDraft;
  readonly change: (part: Partial<ImportDraft>) => void;
}

/** How the texts of the file are read, and on what ground its people may be written to. */
export function OptionsStep({ inspection, draft, change }: OptionsStepProps) {
  const zones = useMemo(() => zoneNames(draft.zone), [draft.zone]);
  const currencies = useMemo(currencyOptions, []);
  const orders = dateQuestion(draft, inspection);
  const hasNumbers = columnsOf(draft).some(
    (target) =>
      target.type === 'order' ||
      target.type === 'attribute' ||
      ('valueType' in target && (target.valueType === 'number' || target.valueType === 'money')),
  );

  return (
    <Stack gap="lg">
      <Section title="How to read it">
        <div className={classes.fields}>
          <Select
            label="Time zone"
            description="A date without a time is midnight there."
            searchable
            allowDeselect={false}
            limit={100}
            data={zones}
            value={draft.zone}
            onChange={(zone) => zone && change({ zone })}
            nothingFoundMessage="No zone of this name"
          />
          <Select
            label="Currency"
            description="Of amounts that don’t name their own."
            searchable
            allowDeselect={false}
            limit={200}
            data={currencies}
            value={draft.currency}
            onChange={(currency) => currency && change({ currency })}
            nothingFoundMessage="No currency of this name"
          />
          {hasNumbers && (
            <Select
              label="Decimals"
              description="How one and a half thousand is written."
              allowDeselect={false}
              data={[
                { value: '.', label: '1,500.50' },
                { value: ',', label: '1.500,50' },
              ]}
              value={draft.decimalSign}
              onChange={(sign) => sign && change({ decimalSign: sign as '.' | ',' })}
            />
          )}
          {orders.length > 0 && (
            <Select
              label="Dates"
              description={
                orders.length === 1
                  ? 'The dates of this file can only mean this.'
                  : 'The dates of this file allow both.'
              }
              allowDeselect={false}
              placeholder="What does 03/04/2026 mean?"
              disabled={orders.length === 1}
              data={[
                { value: 'dmy', label: '03/04/2026 is 3 April' },
                { value: 'mdy', label: '03/04/2026 is 4 March' },
              ]}
              value={dateOrderOf(draft, inspection)}
              onChange={(order) => order && change({ dateOrder: order as 'dmy' | 'mdy' })}
            />
          )}
        </div>
      </Section>
      {draft.kind === 'customers' && <Consent draft={draft} change={change} open={optionFaults(draft, inspection)} />}
    </Stack>
  );
}

interface ConsentProps {
  readonly draft: ImportDraft;
  readonly change: OptionsStepProps['change'];
  readonly open: readonly string[];
}

function Consent({ draft, change, open }: ConsentProps) {
  const { consent } = draft;
  const set = (part: Partial<ImportDraft['consent']>) => change({ consent: { ...consent, ...part } });
  return (
    <Section
      title="May these people be written to?"
      description="Marketing goes only to people who agreed. The law wants to know how and when, so it is kept with each of them. Who unsubscribed earlier stays unsubscribed, whatever a file says."
    >
      <Stack gap="md">
        <Radio.Group
          aria-label="Consent of the people in this file"
          value={consent.given === null ? '' : consent.given ? 'yes' : 'no'}
          onChange={(answer) => set({ given: answer === 'yes' })}
        >
          <Stack gap="sm">
            <Radio
              value="yes"
              label="Yes, everybody in this file agreed"
              description="Consent is recorded for those of whom none is known yet."
            />
            <Radio
              value="no"
              label="No, or I am not sure"
              description="They are imported without consent, and marketing leaves them out."
            />
          </Stack>
        </Radio.Group>
        {consent.given && (
          <div className={classes.fields}>
            <Select
              label="To what"
              allowDeselect={false}
              data={[
                { value: 'email', label: 'E-mail' },
                { value: 'sms', label: 'Text messages' },
              ]}
              value={consent.channel}
              onChange={(channel) => channel && set({ channel: channel as 'email' | 'sms' })}
            />
            <DateInput
              label="When, at the latest"
              placeholder="Choose a day"
              valueFormat="D MMM YYYY"
              maxDate={new Date().toISOString().slice(0, 10)}
              value={consent.on || null}
              onChange={(on) => set({ on: on ?? '' })}
            />
            <TextInput
              className={classes.wide ?? ''}
              label="How"
              placeholder="Ticked the box when ordering in the shop"
              maxLength={200}
              value={consent.how}
              onChange={({ currentTarget: { value } }) => set({ how: value })}
            />
          </div>
        )}
        {open.length > 0 && consent.given && (
          <Text size="sm" c="dimmed">
            Say how and when, then the file can be checked.
          </Text>
        )}
      </Stack>
    </Section>
  );
}

function currencyOptions() {
  const names = new Intl.DisplayNames(undefined, { type: 'currency' });
  return Intl.supportedValuesOf('currency').map((code) => ({
    value: code,
    label: `${code}, ${names.of(code) ?? code}`,
  }));
}
