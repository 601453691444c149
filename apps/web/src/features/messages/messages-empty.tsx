import { Button } from '@mantine/core';
import { IconMailOff, IconMessages } from '@tabler/icons-react';
import { EmptyState } from '../../components/empty-state.tsx';
import { LinkButton } from '../../components/links.tsx';
import { useOrganization } from '../../organization.tsx';
import type { MessageSearch } from './message-search.ts';

interface MessagesEmptyProps {
  readonly search: MessageSearch;
  readonly onClear: () => void;
}

/** What stands instead of rows: nothing fits, or nothing was sent yet. */
export function MessagesEmpty({ search, onClear }: MessagesEmptyProps) {
  const { slug, can } = useOrganization();
  const { message: _open, ...asked } = search;
  if (Object.values(asked).some((value) => value !== undefined)) {
    return (
      <EmptyState
        compact
        icon={IconMailOff}
        title="No message fits"
        actions={
          <Button variant="default" onClick={onClear}>
            Clear filters
          </Button>
        }
      >
        {search.q
          ? 'An address is looked for among what its owner was sent there, and among the messages of your programs. Use the filter Customer to see all that went to one person.'
          : 'Nothing in the log has all of this at once. Take a filter away, or ask for more days.'}
      </EmptyState>
    );
  }
  return (
    <EmptyState
      compact
      icon={IconMessages}
      title="Nothing was sent yet"
      actions={
        can('campaigns.create') && (
          <LinkButton to="/o/$org/campaigns" params={{ org: slug }}>
            Go to campaigns
          </LinkButton>
        )
      }
    >
      Every message to every customer will stand here: when it went out, whether it arrived, and what they did with it.
      So will the calls, notes, visits and tickets that you log on their profiles.
    </EmptyState>
  );
}
