import { createFileRoute } from '@tanstack/react-router';
import { z } from 'zod';
import { ForgotPage } from '../features/accounts/forgot-page.tsx';

export const Route = createFileRoute('/forgot')({
  validateSearch: z.object({ email: z.string().max(320).optional().catch(undefined) }),
  component: ForgotRoute,
});

function ForgotRoute() {
  return <ForgotPage email={Route.useSearch().email ?? ''} />;
}
