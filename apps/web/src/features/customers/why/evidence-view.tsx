import type { ReactNode } from 'react';
import { formatDay, formatExactInstant } from '../../../components/format-instant.ts';
import { formatCount, formatMoney } from '../../../components/format-number.ts';
import { TextLink } from '../../../components/links.tsx';
import { useOrganization } from '../../../organization.tsx';
import { plainValue } from './evidence-words.ts';
import classes from './explanation-tree.module.css';
import type { ExplainedNode } from './explanation-tree.tsx';

type Evidence = NonNullable<ExplainedNode['evidence']>;
type Kind<K extends Evidence['kind']> = Extract<Evidence, { kind: K }>;
type Unit = Kind<'behaviour'>['units'][number];

interface EvidenceProps<E extends Evidence = Evidence> {
  readonly evidence: E;
  readonly holds: boolean;
  readonly zone: string;
}

/** The values that decided a condition. */
export function EvidenceView({ evidence, holds, zone }: EvidenceProps) {
  switch (evidence.kind) {
    case 'attribute':
      return evidence.value === null ? (
        <>There is no value{holds && evidence.orMissing ? ', which is enough here' : ''}.</>
      ) : (
        <>
          It is <Value>{plainValue(evidence.value, zone)}</Value>.
        </>
      );
    case 'behaviour':
      return <CountedUnits evidence={evidence} zone={zone} holds={holds} />;
    case 'rank':
      return (
        <>
          <RankWords evidence={evidence} zone={zone} />
          <CountedUnits evidence={evidence} zone={zone} holds={holds} />
        </>
      );
    case 'sequence':
      return <SequenceWords evidence={evidence} zone={zone} />;
    case 'engagement':
      return <Messages evidence={evidence} zone={zone} />;
    case 'segment':
      return <OtherSegment evidence={evidence} holds={holds} />;
    default:
      return evidence satisfies never;
  }
}

const Value = ({ children }: { readonly children: ReactNode }) => <bdi className={classes.value}>{children}</bdi>;

function CountedUnits({ evidence, zone }: EvidenceProps<Kind<'behaviour' | 'rank'>>) {
  const { counted, leftOut, units, value } = evidence;
  if (counted === 0) return <>Nothing counts{leftOut > 0 ? `, ${leftOutWords(leftOut)}` : ''}.</>;
  const comesTo = typeof value === 'number' && value === counted ? null : value;
  return (
    <>
      <div>
        <Value>{formatCount(counted)}</Value> {counted === 1 ? 'counts' : 'count'}
        {comesTo !== null && (
          <>
            , which comes to <Value>{plainValue(comesTo, zone)}</Value>
          </>
        )}
        {leftOut > 0 && `, ${leftOutWords(leftOut)}`}.
      </div>
      <ul>
        {units.map((unit, i) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: lines of one order have no id of their own
          <li key={`${unit.eventId}:${i}`}>
            <UnitWords unit={unit} zone={zone} />
          </li>
        ))}
        {counted > units.length && <li>and {formatCount(counted - units.length)} before</li>}
      </ul>
    </>
  );
}

const leftOutWords = (count: number) => `${formatCount(count)} left out without a value or in another currency`;

function UnitWords({
  unit: { type, at, total, currency, line },
  zone,
}: {
  readonly unit: Unit;
  readonly zone: string;
}) {
  const name = type.replaceAll('_', ' ');
  return (
    <>
      {name.charAt(0).toLocaleUpperCase('en') + name.slice(1)} on{' '}
      <time dateTime={new Date(at).toISOString()} title={formatExactInstant(at, { zone })}>
        {formatDay(at, { zone })}
      </time>
      {line ? (
        <>
          : {formatCount(line.quantity)} × <bdi>{line.name ?? line.productId ?? 'a product'}</bdi>
        </>
      ) : (
        total !== null && currency !== null && `: ${formatMoney(total, currency)}`
      )}
    </>
  );
}

function RankWords({
  evidence: { cutoff, direction },
  zone,
}: {
  readonly evidence: Kind<'rank'>;
  readonly zone: string;
}) {
  if (cutoff === null) return <div>Nobody has a place yet.</div>;
  return (
    <div>
      The last one who is in has <Value>{plainValue(cutoff, zone)}</Value>; {direction === 'top' ? 'less' : 'more'} is
      not enough.
    </div>
  );
}

function SequenceWords({
  evidence: { reached, outcome },
  zone,
}: {
  readonly evidence: Kind<'sequence'>;
  readonly zone: string;
}) {
  return (
    <>
      {reached.length > 0 && (
        <ul>
          {reached.map((unit, step) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: a step is its place
            <li key={step}>
              Step {step + 1}: <UnitWords unit={unit} zone={zone} />
            </li>
          ))}
        </ul>
      )}
      <div>
        {outcome.type === 'complete' && 'Every step was reached.'}
        {outcome.type === 'stepMissing' && (
          <>
            Step {outcome.step + 1} is missing
            {outcome.before !== null && ` before ${formatExactInstant(outcome.before, { zone })}`}
            {outcome.tooLate && (
              <>
                ; too late came <UnitWords unit={outcome.tooLate} zone={zone} />
              </>
            )}
            .
          </>
        )}
        {outcome.type === 'followed' && (
          <>
            What should not follow did: <UnitWords unit={outcome.by} zone={zone} />.
          </>
        )}
        {outcome.type === 'waiting' &&
          `Nothing has followed yet; it still can until ${formatExactInstant(outcome.until, { zone })}.`}
      </div>
    </>
  );
}

function Messages({
  evidence: { counted, messages },
  zone,
}: {
  readonly evidence: Kind<'engagement'>;
  readonly zone: string;
}) {
  const { slug } = useOrganization();
  if (counted === 0) return <>No message counts.</>;
  return (
    <>
      <div>
        <Value>{formatCount(counted)}</Value> {counted === 1 ? 'message counts' : 'messages count'}.
      </div>
      <ul>
        {messages.map(({ campaignId, campaignName, at }, i) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: a repeated campaign has several messages
          <li key={`${campaignId}:${i}`}>
            {campaignName === null ? (
              'A campaign that was deleted'
            ) : (
              <TextLink to="/o/$org/campaigns/$id" params={{ org: slug, id: campaignId }} inherit>
                {campaignName}
              </TextLink>
            )}
            , {formatDay(at, { zone })}
          </li>
        ))}
        {counted > messages.length && <li>and {formatCount(counted - messages.length)} before</li>}
      </ul>
    </>
  );
}

function OtherSegment({ evidence, holds }: { readonly evidence: Kind<'segment'>; readonly holds: boolean }) {
  const { slug } = useOrganization();
  const link = (
    <TextLink to="/o/$org/segments/$id" params={{ org: slug, id: evidence.segmentId }} inherit>
      {evidence.name ?? 'this segment'}
    </TextLink>
  );
  if (evidence.isList) return holds ? <>They are on the list {link}.</> : <>They are not on the list {link}.</>;
  return holds ? <>They are in {link}.</> : <>They are not in {link}.</>;
}
