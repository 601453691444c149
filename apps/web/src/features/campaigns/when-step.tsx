import { Radio, Stack } from '@mantine/core';
import { addDays, civilDateAt } from '@mini-crm/domain';
import { IconCalendarTime, IconHourglass, IconSend, IconWorld } from '@tabler/icons-react';
import { Section } from '../../components/section.tsx';
import { useNow } from '../../components/use-now.ts';
import { useOrganization } from '../../organization.tsx';
import type { Draft, DraftProps } from './draft.ts';
import { InstantField } from './instant-field.tsx';
import { LocalTimeFields } from './local-time-fields.tsx';
import { OptionCard } from './option-card.tsx';
import { SpreadFields } from './spread-fields.tsx';
import { timeChoices } from './zoned-time.ts';

/** Now, at an instant, at a time where each recipient lives, or one after the other. */
export function WhenStep({ draft, onChange }: DraftProps) {
  const { schedule } = draft;
  const { zone } = useOrganization();
  const now = useNow();

  /** What a kind of schedule begins with. */
  function first(type: Draft['schedule']['type']): Draft['schedule'] {
    const at = timeChoices(now, zone)[0]?.at.toISOString() ?? null;
    switch (type) {
      case 'now':
        return { type };
      case 'at':
        return at === null ? { type: 'now' } : { type, at };
      case 'local':
        return { type, date: addDays(civilDateAt(zone, now.getTime()), 1), time: '09:00', passed: 'tomorrow' };
      case 'spread':
        return { type, at: null, hours: 6 };
      default:
        return type satisfies never;
    }
  }

  return (
    <Section title="When should it go out?">
      <Stack gap="md">
        <Radio.Group
          aria-label="When should it go out?"
          value={schedule.type}
          onChange={(type) => onChange({ schedule: first(type as Draft['schedule']['type']) })}
        >
          <Stack gap="xs">
            <OptionCard
              value="now"
              icon={IconSend}
              title="Right away"
              description="As soon as you press send in the review."
            />
            <OptionCard
              value="at"
              icon={IconCalendarTime}
              title="At a time"
              description="Who gets it is decided then: people who come into the segments until that moment are in."
            />
            <OptionCard
              value="local"
              icon={IconWorld}
              title="At a local time"
              description="To each person when their own clock shows it, zone by zone around the earth."
            />
            <OptionCard
              value="spread"
              icon={IconHourglass}
              title="Spread over hours"
              description="One after the other, so that not everybody calls or orders at the same moment."
            />
          </Stack>
        </Radio.Group>
        {schedule.type === 'at' && (
          <InstantField
            label="Day and time"
            value={schedule.at}
            onChange={(at) => onChange({ schedule: { type: 'at', at } })}
          />
        )}
        {schedule.type === 'local' && <LocalTimeFields draft={draft} schedule={schedule} onChange={onChange} />}
        {schedule.type === 'spread' && <SpreadFields schedule={schedule} onChange={onChange} />}
      </Stack>
    </Section>
  );
}
