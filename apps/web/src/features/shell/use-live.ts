import type { OrganizationId } from '@mini-crm/domain';
import { useQueryClient } from '@tanstack/react-query';
import { useEffect, useRef, useState } from 'react';
import { trpc } from '../../trpc.ts';
import { showsTopic } from './live-topics.ts';

/** A break shorter than this is nobody's business. */
const quietMs = 3000;

/**
 * Holds the organization's one stream and makes the queries old that show what changed. After a break everything shown is asked again,
 * because what happened meanwhile was not heard.
 */
export function useLive(orgId: OrganizationId): { readonly reconnecting: boolean } {
  const queryClient = useQueryClient();
  const broken = useRef(false);
  const subscription = trpc.live.changes.useSubscription(
    { orgId },
    {
      onData: ({ changes }) => {
        if (broken.current) {
          broken.current = false;
          void queryClient.invalidateQueries();
          return;
        }
        const topics = changes.map(({ topic }) => topic);
        if (topics.length > 0) {
          void queryClient.invalidateQueries({ predicate: ({ queryKey }) => showsTopic(queryKey, topics) });
        }
      },
    },
  );
  const connected = subscription.status === 'pending';
  const [reconnecting, setReconnecting] = useState(false);
  useEffect(() => {
    if (connected) {
      setReconnecting(false);
      return;
    }
    const timer = setTimeout(() => {
      broken.current = true;
      setReconnecting(true);
    }, quietMs);
    return () => clearTimeout(timer);
  }, [connected]);
  return { reconnecting };
}
