import { NumberInput, Radio, Stack } from '@mantine/core';
import { maximumSpreadHours } from '@mini-crm/domain';
import { useNow } from '../../components/use-now.ts';
import { useOrganization } from '../../organization.tsx';
import type { Draft, DraftProps } from './draft.ts';
import { InstantField } from './instant-field.tsx';
import classes from './when-step.module.css';
import { timeChoices } from './zoned-time.ts';

interface SpreadFieldsProps extends Pick<DraftProps, 'onChange'> {
  readonly schedule: Extract<Draft['schedule'], { type: 'spread' }>;
}

/** Over how many hours, and from when. */
export function SpreadFields({ schedule, onChange }: SpreadFieldsProps) {
  const { zone } = useOrganization();
  const now = useNow();
  const set = (change: Partial<SpreadFieldsProps['schedule']>) => onChange({ schedule: { ...schedule, ...change } });
  const first = timeChoices(now, zone)[0]?.at.toISOString() ?? null;
  return (
    <Stack gap="md" className={classes.time ?? ''}>
      <NumberInput
        label="Over how many hours"
        description={`From 1 to ${maximumSpreadHours}, evenly.`}
        value={schedule.hours}
        min={1}
        max={maximumSpreadHours}
        allowDecimal={false}
        clampBehavior="strict"
        onChange={(hours) => typeof hours === 'number' && hours >= 1 && set({ hours })}
        maw={200}
      />
      <Radio.Group
        label="From when"
        value={schedule.at === null ? 'now' : 'at'}
        onChange={(from) => set({ at: from === 'now' ? null : first })}
      >
        <Stack gap="xs" mt={8}>
          <Radio value="now" label="From when you press send" />
          <Radio value="at" label="From a time" />
        </Stack>
      </Radio.Group>
      {schedule.at !== null && (
        <InstantField label="First message" value={schedule.at} onChange={(at) => set({ at })} />
      )}
    </Stack>
  );
}
