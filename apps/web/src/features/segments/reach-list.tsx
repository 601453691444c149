import { Skeleton } from '@mantine/core';
import { IconMail, IconMessage2 } from '@tabler/icons-react';
import type { ReactNode } from 'react';
import { formatCount } from '../../components/format-number.ts';
import classes from './size-section.module.css';
import type { Preview } from './use-preview.ts';

/** How many of the people can be written to, channel by channel; room is kept for figures that are still to come. */
export function ReachList({ reach }: { readonly reach: Preview['reach'] | undefined }) {
  return (
    <dl className={classes.reach}>
      <Reach icon={<IconMail size={16} stroke={1.7} />} label="by e-mail" value={reach?.email} />
      <Reach icon={<IconMessage2 size={16} stroke={1.7} />} label="by SMS" value={reach?.sms} />
    </dl>
  );
}

interface ReachProps {
  readonly icon: ReactNode;
  readonly label: string;
  readonly value: number | undefined;
}

function Reach({ icon, label, value }: ReachProps) {
  return (
    <div>
      <dt>
        {icon} can be reached {label}
      </dt>
      <dd>{value === undefined ? <Skeleton w={40} h={14} /> : formatCount(value)}</dd>
    </div>
  );
}
