import { createFileRoute } from '@tanstack/react-router';
import { ApiKeysPage } from '../../../../features/api-keys/api-keys-page.tsx';

export const Route = createFileRoute('/o/$org/settings/api-keys')({
  staticData: { crumb: 'API keys' },
  component: ApiKeysPage,
});
