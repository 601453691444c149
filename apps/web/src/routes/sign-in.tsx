import { createFileRoute } from '@tanstack/react-router';
import { z } from 'zod';
import { SignInPage } from '../features/accounts/sign-in-page.tsx';

export const Route = createFileRoute('/sign-in')({
  validateSearch: z.object({ next: z.string().max(2000).optional().catch(undefined) }),
  component: SignInRoute,
});

function SignInRoute() {
  return <SignInPage next={Route.useSearch().next} />;
}
