import { Button, Group } from '@mantine/core';
import { DateTimePicker } from '@mantine/dates';
import { formatExactInstant, formatInstant } from '../../components/format-instant.ts';
import { useNow } from '../../components/use-now.ts';
import { useOrganization } from '../../organization.tsx';
import classes from './when-step.module.css';
import { instantOf, localOf, timeChoices } from './zoned-time.ts';

interface InstantFieldProps {
  readonly label: string;
  /** An ISO text. */
  readonly value: string;
  readonly onChange: (at: string) => void;
}

/** An instant, said in the organization's zone. */
export function InstantField({ label, value, onChange }: InstantFieldProps) {
  const { zone } = useOrganization();
  const now = useNow();
  const set = (at: Date | null | undefined) => at && onChange(at.toISOString());
  const past = new Date(value).getTime() <= now.getTime();
  return (
    <div className={classes.time}>
      <Group gap="xs" mb="sm">
        {timeChoices(now, zone).map((choice) => (
          <Button key={choice.label} size="xs" variant="default" onClick={() => set(choice.at)}>
            {choice.label}
          </Button>
        ))}
      </Group>
      <DateTimePicker
        label={label}
        description={`As the clocks show it in ${zone.replaceAll('_', ' ')}, the zone of your organization.`}
        value={localOf(value, zone)}
        minDate={localOf(now, zone)}
        valueFormat="ddd, D MMM YYYY, HH:mm"
        onChange={(local) => set(local ? instantOf(local, zone) : null)}
        error={past ? 'This time has passed.' : undefined}
        maw={360}
      />
      {!past && (
        <p className={classes.exact} aria-live="polite">
          {formatExactInstant(value, { zone })}, {formatInstant(value, now, { zone })}.
        </p>
      )}
    </div>
  );
}
