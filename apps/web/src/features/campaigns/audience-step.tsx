import { Radio, Stack } from '@mantine/core';
import type { CampaignPurpose, SegmentId } from '@mini-crm/domain';
import { IconUsers, IconUsersGroup } from '@tabler/icons-react';
import { useState } from 'react';
import { Section } from '../../components/section.tsx';
import type { DraftProps } from './draft.ts';
import { OptionCard } from './option-card.tsx';
import { SegmentPicker } from './segment-picker.tsx';

/** Who gets it: everyone or segments, who is left out, and on which ground they are written to. */
export function AudienceStep({ draft, onChange }: DraftProps) {
  const { audience, purpose } = draft;
  const everyone = audience.include === 'everyone';
  // What was chosen before "everyone" comes back when one goes back.
  const [before, setBefore] = useState<SegmentId[]>([]);
  const change = (next: Partial<typeof audience>) => onChange({ audience: { ...audience, ...next } });
  return (
    <Stack gap="md">
      <Section title="Who should get this?">
        <Stack gap="md">
          <Radio.Group
            aria-label="Who should get this?"
            value={everyone ? 'everyone' : 'segments'}
            onChange={(value) => {
              if (value === 'segments') return change({ include: before });
              if (audience.include !== 'everyone') setBefore([...audience.include]);
              change({ include: 'everyone' });
            }}
          >
            <Stack gap="xs">
              <OptionCard
                value="segments"
                icon={IconUsersGroup}
                title="People in segments"
                description="Everybody who is in at least one of them."
              />
              <OptionCard
                value="everyone"
                icon={IconUsers}
                title="Everyone"
                description="All customers of the organization."
              />
            </Stack>
          </Radio.Group>
          {audience.include !== 'everyone' && (
            <SegmentPicker
              label="Send to"
              placeholder="Choose segments"
              value={audience.include}
              not={audience.exclude}
              onChange={(include) => change({ include })}
            />
          )}
          <SegmentPicker
            label="Leave out"
            description="Whoever is in one of these gets nothing, whatever else they are in."
            placeholder="Nobody in particular"
            value={audience.exclude}
            not={audience.include === 'everyone' ? [] : audience.include}
            onChange={(exclude) => change({ exclude })}
          />
        </Stack>
      </Section>
      <Section title="What kind of message is it?">
        <Radio.Group
          aria-label="What kind of message is it?"
          value={purpose}
          onChange={(value) => onChange({ purpose: value as CampaignPurpose })}
        >
          <Stack gap="xs">
            <OptionCard
              value="marketing"
              title="Marketing"
              description="News, offers, invitations. Goes only to people who agreed to e-mail, and must let them unsubscribe."
            />
            <OptionCard
              value="service"
              title="Service"
              description="Something they have to know: a recall, a change of terms. Needs no consent; addresses that bounced are still left out."
            />
          </Stack>
        </Radio.Group>
      </Section>
    </Stack>
  );
}
