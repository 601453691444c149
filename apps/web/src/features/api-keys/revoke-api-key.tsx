import { ConfirmDialog } from '../../components/confirm-dialog.tsx';
import { notifyDone } from '../../components/notify.ts';
import { useOrganization } from '../../organization.tsx';
import { type Outputs, trpc } from '../../trpc.ts';

interface RevokeApiKeyProps {
  readonly apiKey: Outputs['apiKeys']['list'][number] | null;
  readonly onClose: () => void;
}

/** Asks before a key ends, as the programs that use it stop at that moment. */
export function RevokeApiKey({ apiKey, onClose }: RevokeApiKeyProps) {
  const { orgId } = useOrganization();
  const utils = trpc.useUtils();
  const revoke = trpc.apiKeys.revoke.useMutation({
    onSuccess: async () => {
      notifyDone('API key revoked');
      await utils.apiKeys.list.invalidate({ orgId });
    },
  });
  return (
    <ConfirmDialog
      opened={apiKey !== null}
      onClose={onClose}
      title="Revoke API key"
      action="Revoke key"
      danger
      onConfirm={async () => apiKey && revoke.mutateAsync({ orgId, keyId: apiKey.id })}
    >
      Programs that use “{apiKey?.name}” are refused from now on, for good. What they sent stays.
    </ConfirmDialog>
  );
}
