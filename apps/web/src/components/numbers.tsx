import { Text, type TextProps, Tooltip } from '@mantine/core';
import { formatCompact, formatCount, formatMoney, formatMoneyCompact, formatPercent } from './format-number.ts';

interface CountProps extends TextProps {
  readonly value: number;
  /** Shortens from ten thousand on and shows the exact number on hover. */
  readonly compact?: boolean;
}

/** A whole number in the reader's locale. */
export function Count({ value, compact = false, ...text }: CountProps) {
  return <Figure shown={compact ? formatCompact(value) : formatCount(value)} exact={formatCount(value)} {...text} />;
}

interface MoneyProps extends TextProps {
  /** Minor units: 1230 is 12.30 USD. */
  readonly amount: number;
  readonly currency: string;
  readonly compact?: boolean;
}

/** An amount with its currency in the reader's locale. */
export function Money({ amount, currency, compact = false, ...text }: MoneyProps) {
  const exact = formatMoney(amount, currency);
  return <Figure shown={compact ? formatMoneyCompact(amount, currency) : exact} exact={exact} {...text} />;
}

interface PercentProps extends TextProps {
  readonly part: number;
  readonly whole: number;
}

/** A share with one decimal; its parts on hover. A share of nothing is a dash, not a zero. */
export function Percent({ part, whole, ...text }: PercentProps) {
  if (whole === 0) return <Figure shown="–" exact="–" {...text} />;
  return (
    <Figure shown={formatPercent(part / whole)} exact={`${formatCount(part)} of ${formatCount(whole)}`} {...text} />
  );
}

function Figure({ shown, exact, ...text }: { shown: string; exact: string } & TextProps) {
  const figure = (
    <Text span inherit className="figures" {...text} style={{ whiteSpace: 'nowrap' }}>
      {shown}
    </Text>
  );
  return shown === exact ? figure : <Tooltip label={exact}>{figure}</Tooltip>;
}
