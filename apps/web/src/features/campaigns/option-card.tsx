import { Radio } from '@mantine/core';
import type { ComponentType, ReactNode } from 'react';
import classes from './option-card.module.css';

interface OptionCardProps {
  readonly value: string;
  readonly title: string;
  readonly description?: ReactNode;
  readonly icon?: ComponentType<{ size?: number; stroke?: number }>;
}

/** One answer of a `Radio.Group`, with what it means. */
export function OptionCard({ value, title, description, icon: Icon }: OptionCardProps) {
  return (
    <Radio.Card value={value} className={classes.card ?? ''} aria-label={title}>
      <Radio.Indicator size="sm" className={classes.indicator ?? ''} />
      <span className={classes.words}>
        <span className={classes.title}>{title}</span>
        {description !== undefined && <span className={classes.description}>{description}</span>}
      </span>
      {Icon && (
        <span className={classes.icon} aria-hidden>
          <Icon size={20} stroke={1.6} />
        </span>
      )}
    </Radio.Card>
  );
}
