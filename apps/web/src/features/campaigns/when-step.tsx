import { Button, Group, Radio, Stack } from '@mantine/core';
import { DateTimePicker } from '@mantine/dates';
import { IconCalendarTime, IconSend } from '@tabler/icons-react';
import { formatExactInstant, formatInstant } from '../../components/format-instant.ts';
import { Section } from '../../components/section.tsx';
import { useNow } from '../../components/use-now.ts';
import { useOrganization } from '../../organization.tsx';
import type { DraftProps } from './draft.ts';
import { OptionCard } from './option-card.tsx';
import classes from './when-step.module.css';
import { instantOf, localOf, timeChoices } from './zoned-time.ts';

/** Now, or at an instant, said in the organization's zone. */
export function WhenStep({ draft: { schedule }, onChange }: DraftProps) {
  const { zone } = useOrganization();
  const now = useNow();
  const choices = timeChoices(now, zone);
  const set = (at: Date | undefined) => at && onChange({ schedule: { type: 'at', at: at.toISOString() } });
  const past = schedule.type === 'at' && new Date(schedule.at).getTime() <= now.getTime();
  return (
    <Section title="When should it go out?">
      <Stack gap="md">
        <Radio.Group
          aria-label="When should it go out?"
          value={schedule.type}
          onChange={(type) => (type === 'now' ? onChange({ schedule: { type: 'now' } }) : set(choices[0]?.at))}
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
          </Stack>
        </Radio.Group>
        {schedule.type === 'at' && (
          <div className={classes.time}>
            <Group gap="xs" mb="sm">
              {choices.map(({ label, at }) => (
                <Button key={label} size="xs" variant="default" onClick={() => set(at)}>
                  {label}
                </Button>
              ))}
            </Group>
            <DateTimePicker
              label="Day and time"
              description={`As the clocks show it in ${zone.replaceAll('_', ' ')}, the zone of your organization.`}
              value={localOf(schedule.at, zone)}
              minDate={localOf(now, zone)}
              valueFormat="ddd, D MMM YYYY, HH:mm"
              onChange={(local) => set((local && instantOf(local, zone)) || undefined)}
              error={past ? 'This time has passed.' : undefined}
              maw={360}
            />
            {!past && (
              <p className={classes.exact} aria-live="polite">
                {formatExactInstant(schedule.at, { zone })}, {formatInstant(schedule.at, now, { zone })}.
              </p>
            )}
          </div>
        )}
      </Stack>
    </Section>
  );
}
