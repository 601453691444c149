import {
  customerName,
  deliveryReasons,
  deliveryStates,
  type MessageResponse,
  messageResponses,
} from '@mini-crm/domain';
import type { Filter } from '../../components/filter-bar.tsx';
import { outcomeReasons, outcomeStates } from '../../components/outcome-words.ts';
import { useOrganization } from '../../organization.tsx';
import { trpc } from '../../trpc.ts';
import { DayRange, rangeWords } from './day-range.tsx';
import type { MessageSearch } from './message-search.ts';

const responseWords: Record<MessageResponse, string> = {
  opened: 'Opened',
  clicked: 'Clicked',
  unsubscribed: 'Unsubscribed',
};

const launched = ['sending', 'paused', 'sent', 'cancelled', 'failed'] as const;

/** The chips above the log. A person or a link is only shown where a page that knows them has set it. */
export function useMessageFilters(
  search: MessageSearch,
  change: (part: Partial<MessageSearch>) => void,
): readonly Filter[] {
  const { orgId } = useOrganization();
  const campaigns = trpc.campaigns.list.useQuery({ orgId, states: [...launched], limit: 100 });
  const customer = trpc.customers.get.useQuery(
    { orgId, customerId: search.customer as NonNullable<MessageSearch['customer']> },
    { enabled: search.customer !== undefined, retry: false },
  );
  const report = trpc.reports.campaign.useQuery(
    { orgId, id: search.campaign as NonNullable<MessageSearch['campaign']> },
    { enabled: search.link !== undefined && search.campaign !== undefined, retry: false },
  );
  const link = report.data?.links.find((one) => one.link === search.link);
  const whose: Filter[] =
    search.customer === undefined
      ? []
      : [
          {
            kind: 'custom',
            id: 'customer',
            label: 'Customer',
            summary: customer.data ? customerName(customerOf(customer.data)) : 'one person',
            content: 'Messages to one customer. Remove this filter to see those to everybody.',
            onClear: () => change({ customer: undefined }),
          },
        ];
  const which: Filter[] =
    search.link === undefined
      ? []
      : [
          {
            kind: 'custom',
            id: 'link',
            label: 'Clicked link',
            summary: link?.label ?? link?.url ?? `number ${search.link + 1}`,
            content: link?.url ?? 'People who clicked one link of the message.',
            onClear: () => change({ link: undefined }),
          },
        ];
  return [
    ...whose,
    {
      kind: 'choice',
      id: 'campaign',
      label: 'Campaign',
      options: (campaigns.data?.items ?? []).map(({ id, name }) => ({ value: id, label: name })),
      value: search.campaign,
      onChange: (value) => change({ campaign: value as MessageSearch['campaign'], link: undefined }),
      onClear: () => change({ campaign: undefined, link: undefined }),
    },
    {
      kind: 'choice',
      id: 'state',
      label: 'State',
      options: deliveryStates.map((state) => ({ value: state, label: outcomeStates[state].word })),
      value: search.state,
      onChange: (value) => change({ state: value as MessageSearch['state'], reason: undefined }),
      onClear: () => change({ state: undefined }),
    },
    {
      kind: 'choice',
      id: 'response',
      label: 'Response',
      options: messageResponses.map((response) => ({ value: response, label: responseWords[response] })),
      value: search.response,
      onChange: (value) => change({ response: value as MessageSearch['response'] }),
      onClear: () => change({ response: undefined }),
    },
    ...which,
    {
      kind: 'choice',
      id: 'reason',
      label: 'Reason',
      options: deliveryReasons.map((reason) => ({ value: reason, label: outcomeReasons[reason] })),
      value: search.reason,
      onChange: (value) => change({ reason: value as MessageSearch['reason'], state: undefined }),
      onClear: () => change({ reason: undefined }),
    },
    {
      kind: 'custom',
      id: 'days',
      label: 'Days',
      summary: rangeWords(search.from, search.to),
      content: <DayRange from={search.from} to={search.to} onChange={change} />,
      onClear: () => change({ from: undefined, to: undefined }),
    },
  ];
}

type CustomerNames = Parameters<typeof customerName>[0];
const customerOf = (data: CustomerNames | { readonly customer: CustomerNames }): CustomerNames =>
  'customer' in data ? data.customer : data;
