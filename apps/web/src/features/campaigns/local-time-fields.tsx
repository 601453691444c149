import { Group, Radio, Stack } from '@mantine/core';
import { DateInput, TimeInput } from '@mantine/dates';
import { civilDateAt, type PassedChoice, passedChoices } from '@mini-crm/domain';
import { useNow } from '../../components/use-now.ts';
import { useOrganization } from '../../organization.tsx';
import type { DraftProps } from './draft.ts';
import { people } from './people.ts';
import { type LocalSchedule, useZoneTurns } from './use-zone-turns.ts';
import classes from './when-step.module.css';
import { ZoneTable } from './zone-table.tsx';

interface LocalTimeFieldsProps extends DraftProps {
  readonly schedule: LocalSchedule;
}

const passedWords: Record<PassedChoice, string> = {
  tomorrow: 'At that time of the next day',
  now: 'At once',
  skip: 'They don’t get it',
};

/** A day and a time of day where each recipient lives, what that comes to zone by zone, and what of those for whom it is too late. */
export function LocalTimeFields({ draft, schedule, onChange }: LocalTimeFieldsProps) {
  const { zone } = useOrganization();
  const now = useNow();
  const zones = useZoneTurns({ ...draft, schedule });
  const set = (change: Partial<LocalSchedule>) => onChange({ schedule: { ...schedule, ...change } });
  const late = (zones.turns ?? []).reduce((sum, { passed, count }) => sum + (passed ? count : 0), 0);
  return (
    <Stack gap="md" className={classes.time ?? ''}>
      <Group gap="sm" align="flex-start">
        <DateInput
          label="Day"
          value={schedule.date}
          minDate={civilDateAt(zone, now.getTime())}
          valueFormat="ddd, D MMM YYYY"
          onChange={(date) => date && set({ date })}
          w={200}
        />
        <TimeInput
          label="Time"
          value={schedule.time}
          onChange={({ currentTarget: { value } }) => /^\d\d:\d\d$/.test(value) && set({ time: value })}
          w={120}
        />
      </Group>
      <p className={classes.hint}>
        By the clock of each person. The campaign is launched with the first zone; who gets it is decided then.
      </p>
      {late > 0 && (
        <Radio.Group
          label={`It is already too late for ${people(late)}. When do they get it?`}
          value={schedule.passed}
          onChange={(passed) => set({ passed: passed as PassedChoice })}
        >
          <Group gap="lg" mt={8}>
            {passedOrder.map((choice) => (
              <Radio key={choice} value={choice} label={passedWords[choice]} />
            ))}
          </Group>
        </Radio.Group>
      )}
      <ZoneTable {...zones} />
    </Stack>
  );
}

const passedOrder = passedChoices.toSorted(
  (a, b) => Object.keys(passedWords).indexOf(a) - Object.keys(passedWords).indexOf(b),
);
