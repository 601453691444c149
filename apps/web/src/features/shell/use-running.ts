import type { RunningJob } from '../../components/app-frame-types.ts';
import { useOrganization } from '../../organization.tsx';
import { trpc } from '../../trpc.ts';
import { runningJobs } from './running-jobs.ts';

/** What goes on in the organization now; the live stream keeps it moving. */
export function useRunning(): readonly RunningJob[] {
  const { orgId, slug } = useOrganization();
  const imports = trpc.imports.open.useQuery({ orgId });
  const sending = trpc.campaigns.list.useQuery({ orgId, states: ['sending'], limit: 10 });
  return runningJobs(imports.data ?? [], sending.data?.items ?? [], `/o/${slug}`);
}
