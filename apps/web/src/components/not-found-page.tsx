import { IconCompass } from '@tabler/icons-react';
import type { ReactNode } from 'react';
import { EmptyState } from './empty-state.tsx';
import { LinkButton } from './links.tsx';

interface NotFoundPageProps {
  readonly title?: string;
  readonly children?: ReactNode;
  readonly actions?: ReactNode;
}

/** An address that leads nowhere, or to what this person may not see. */
export function NotFoundPage({ title, children, actions }: NotFoundPageProps) {
  return (
    <div style={{ minHeight: '70dvh', display: 'grid', placeItems: 'center' }}>
      <EmptyState
        icon={IconCompass}
        title={title ?? 'There is nothing at this address'}
        actions={actions ?? <LinkButton to="/">Go to the start</LinkButton>}
      >
        {children ?? 'It may have been deleted, or the link is incomplete.'}
      </EmptyState>
    </div>
  );
}
