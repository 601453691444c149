import {
  type CampaignId,
  type CustomerId,
  channels,
  customerName,
  deliveryReasons,
  deliveryStates,
  interactionTypes,
  type MessageFilter,
  messageResponses,
  type TemplateId,
} from '@mini-crm/domain';
import type { Filter } from '../../components/filter-bar.tsx';
import { outcomeReasons, outcomeStates } from '../../components/outcome-words.ts';
import { useOrganization } from '../../organization.tsx';
import { trpc } from '../../trpc.ts';
import { DayRange, rangeWords } from './day-range.tsx';
import { responseWords, unavailable } from './facet-words.ts';
import { FindSelect } from './find-select.tsx';
import { interactionLooks } from './interaction-words.ts';
import type { MessageSearch } from './message-search.ts';
import { titleOf, useFoundCampaigns, useFoundCustomers, useFoundTemplates } from './use-found.ts';

type Change = (part: Partial<MessageSearch>) => void;

const kinds = [
  { value: 'messages', label: 'All messages' },
  { value: 'transactional', label: 'Transactional messages' },
  { value: 'interactions', label: 'All interactions' },
  ...interactionTypes.map((type) => ({ value: type, label: interactionLooks[type].many })),
];
const channelWords = { email: 'E-mail', sms: 'SMS' } as const;

/**
 * The chips above the log. What the server would refuse beside the others is off and says why; a link is only shown where a
 * page that knows it has set it.
 */
export function useMessageFilters(search: MessageSearch, filter: MessageFilter, change: Change): readonly Filter[] {
  const people = useCustomerFilter(search, filter, change);
  const campaigns = useCampaignFilters(search, filter, change);
  const template = useTemplateFilter(search, filter, change);
  const choice = <K extends 'channel' | 'state' | 'reason' | 'response'>(
    id: K,
    label: string,
    options: readonly { readonly value: string; readonly label: string }[],
    also: Partial<MessageSearch> = {},
  ): Filter => ({
    ...{ kind: 'choice', id, label, options, value: search[id] },
    onChange: (value) => change({ ...also, [id]: value }),
    onClear: () => change({ [id]: undefined }),
    unavailable: unavailable(filter, { [id]: options[0]?.value } as MessageFilter),
  });
  const kindOptions = kinds.filter(({ value }) => value === search.show || !unavailable(filter, asked(value)));
  return [
    {
      ...{ kind: 'choice', id: 'show', label: 'Kind', options: kindOptions, value: search.show },
      onChange: (show) => change({ show: show as NonNullable<MessageSearch['show']> }),
      onClear: () => change({ show: undefined }),
      unavailable: kindOptions.length === 0 ? unavailable(filter, { show: 'transactional' }) : undefined,
    },
    people,
    ...campaigns,
    template,
    choice(
      'channel',
      'Channel',
      channels.map((value) => ({ value, label: channelWords[value] })),
    ),
    choice(
      'state',
      'State',
      deliveryStates.map((value) => ({ value, label: outcomeStates[value].word })),
      { reason: undefined },
    ),
    choice(
      'response',
      'Response',
      messageResponses.map((value) => ({ value, label: responseWords[value] })),
    ),
    choice(
      'reason',
      'Reason',
      deliveryReasons.map((value) => ({ value, label: outcomeReasons[value] })),
      { state: undefined },
    ),
    {
      ...{ kind: 'custom', id: 'days', label: 'Days', summary: rangeWords(search.from, search.to) },
      content: <DayRange from={search.from} to={search.to} onChange={change} />,
      onClear: () => change({ from: undefined, to: undefined }),
    },
  ];
}

const asked = (show: string): MessageFilter => {
  const interaction = interactionTypes.find((type) => type === show);
  return interaction
    ? { interaction, show: undefined }
    : { show: show as MessageFilter['show'], interaction: undefined };
};

function useCustomerFilter(search: MessageSearch, filter: MessageFilter, change: Change): Filter {
  const { orgId } = useOrganization();
  const customerId = search.customer as CustomerId | undefined;
  const customer = trpc.customers.get.useQuery(
    { orgId, customerId: customerId as CustomerId },
    { enabled: customerId !== undefined, retry: false },
  );
  const name = customer.data ? customerName(customerOf(customer.data)) : undefined;
  return {
    ...{ kind: 'custom', id: 'customer', label: 'Customer' },
    summary: customerId === undefined ? undefined : (name ?? 'one person'),
    content: (
      <FindSelect
        label="Find by name, address or phone"
        nothing="Nobody of this name"
        value={customerId}
        name={customer.data ? titleOf(customerOf(customer.data)) : undefined}
        onChange={(id) => change({ customer: id as CustomerId })}
        useFound={useFoundCustomers}
      />
    ),
    onClear: () => change({ customer: undefined }),
    unavailable: unavailable(filter, { customerId: 'cus' as CustomerId }),
  };
}

function useCampaignFilters(search: MessageSearch, filter: MessageFilter, change: Change): Filter[] {
  const { orgId } = useOrganization();
  const campaignId = search.campaign as CampaignId | undefined;
  const known = trpc.campaigns.get.useQuery(
    { orgId, id: campaignId as CampaignId },
    { enabled: campaignId !== undefined, retry: false },
  );
  const report = trpc.reports.campaign.useQuery(
    { orgId, id: campaignId as CampaignId },
    { enabled: search.link !== undefined && campaignId !== undefined, retry: false },
  );
  const name = known.data?.name;
  const link = report.data?.links.find((one) => one.link === search.link);
  const campaign: Filter = {
    ...{ kind: 'custom', id: 'campaign', label: 'Campaign' },
    summary: campaignId === undefined ? undefined : (name ?? 'one campaign'),
    content: (
      <FindSelect
        label="Find by name"
        nothing="No campaign of this name"
        value={campaignId}
        name={name}
        onChange={(id) => change({ campaign: id as CampaignId, link: undefined })}
        useFound={useFoundCampaigns}
      />
    ),
    onClear: () => change({ campaign: undefined, link: undefined }),
    unavailable: unavailable(filter, { campaignId: 'cmp' as CampaignId }),
  };
  if (search.link === undefined) return [campaign];
  return [
    campaign,
    {
      ...{ kind: 'custom', id: 'link', label: 'Clicked link' },
      summary: link?.label ?? link?.url ?? `number ${search.link + 1}`,
      content: link?.url ?? 'People who clicked one link of the message.',
      onClear: () => change({ link: undefined }),
    },
  ];
}

function useTemplateFilter(search: MessageSearch, filter: MessageFilter, change: Change): Filter {
  const templates = useFoundTemplates('');
  const templateId = search.template as TemplateId | undefined;
  const name = templates.find(({ value }) => value === templateId)?.label;
  return {
    ...{ kind: 'custom', id: 'template', label: 'Template' },
    summary: templateId === undefined ? undefined : (name ?? 'one template'),
    content: (
      <FindSelect
        label="Find by name"
        nothing="No template of this name"
        value={templateId}
        name={name}
        onChange={(id) => change({ template: id as TemplateId })}
        useFound={useFoundTemplates}
      />
    ),
    onClear: () => change({ template: undefined }),
    unavailable: unavailable(filter, { templateId: 'tpl' as TemplateId }),
  };
}

type CustomerNames = Parameters<typeof customerName>[0];
const customerOf = (data: CustomerNames | { readonly customer: CustomerNames }): CustomerNames =>
  'customer' in data ? data.customer : data;
