import type { OrganizationId } from '@mini-crm/domain';
import { useQueryClient } from '@tanstack/react-query';
import { useEffect, useRef, useState } from 'react';
import { trpc } from '../../trpc.ts';
import { showsTopic, type Topic } from './live-topics.ts';

/** A break shorter than this is nobody's business. */
const quietMs = 3000;

/** How long after the last change of a burst everything is asked once more. */
const settledMs = 1500;

/**
 * Makes queries old by topic. A request that is under way is let finish: while an import tells of changes every second, one that takes
 * longer would otherwise never end. What such a request may have missed is asked for when the burst is over.
 */
function useInvalidate(): (topics: readonly Topic[]) => void {
  const queryClient = useQueryClient();
  const burst = useRef({ topics: new Set<Topic>(), timer: undefined as ReturnType<typeof setTimeout> | undefined });
  useEffect(() => {
    const { current } = burst;
    return () => clearTimeout(current.timer);
  }, []);
  return (topics) => {
    const refresh = (which: readonly Topic[]) =>
      queryClient.invalidateQueries(
        { predicate: ({ queryKey }) => showsTopic(queryKey, which) },
        { cancelRefetch: false },
      );
    void refresh(topics);
    const { current } = burst;
    for (const topic of topics) current.topics.add(topic);
    clearTimeout(current.timer);
    current.timer = setTimeout(() => {
      void refresh([...current.topics]);
      current.topics.clear();
    }, settledMs);
  };
}

/**
 * Holds the organization's one stream and makes the queries old that show what changed. After a break everything shown is asked again,
 * because what happened meanwhile was not heard.
 */
export function useLive(orgId: OrganizationId): { readonly reconnecting: boolean } {
  const queryClient = useQueryClient();
  const invalidate = useInvalidate();
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
        if (topics.length > 0) invalidate(topics);
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
