import { IconSparkles } from '@tabler/icons-react';
import { useState } from 'react';
import { ActionButton } from '../../components/action-button.tsx';
import { ConfirmDialog } from '../../components/confirm-dialog.tsx';
import { notifyDone } from '../../components/notify.ts';
import { useOrganization } from '../../organization.tsx';
import { trpc } from '../../trpc.ts';
import classes from './demo-banner.module.css';

const moving: ReadonlySet<string> = new Set(['filling', 'removing']);

/** Says that the people here are made up, and takes them away again. Shows nothing where there is no demo. */
export function DemoBanner() {
  const { orgId, refusal } = useOrganization();
  const utils = trpc.useUtils();
  const [asking, setAsking] = useState(false);
  const demo = trpc.demo.state.useQuery(
    { orgId },
    { refetchInterval: ({ state: { data } }) => (data && moving.has(data.state) ? 2000 : false) },
  );
  const remove = trpc.demo.remove.useMutation({
    onSuccess: async () => {
      await utils.invalidate();
      notifyDone('The demo data is gone');
    },
  });
  const state = demo.data?.state;
  if (state === undefined || state === 'removed') return null;
  return (
    <div className={classes.banner} role="note">
      <IconSparkles size={18} stroke={1.7} aria-hidden className={classes.icon} />
      <p className={classes.words}>
        {state === 'filled' ? (
          <>
            <b>This is demo data:</b> a made-up coffee roastery. Nobody in it can be written to; try everything.
          </>
        ) : (
          <>
            <b>Demo data is {state === 'filling' ? 'coming in' : 'going'}.</b> This takes a few seconds.
          </>
        )}
      </p>
      <ActionButton
        size="xs"
        variant="default"
        reason={refusal('demo.remove')}
        onClick={() => setAsking(true)}
        className={classes.button}
      >
        Remove demo data
      </ActionButton>
      <ConfirmDialog
        opened={asking}
        onClose={() => setAsking(false)}
        title="Remove demo data"
        action="Remove demo data"
        danger
        onConfirm={() => remove.mutateAsync({ orgId })}
      >
        <p>
          All made-up customers go, with their orders and what was noted about them, and the demo’s segments and
          campaigns with their results.
        </p>
        <p style={{ marginTop: 8 }}>
          What you made stays: your own customers, segments and campaigns, and those of the demo that you changed.
        </p>
      </ConfirmDialog>
    </div>
  );
}
