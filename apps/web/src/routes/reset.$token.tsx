import { createFileRoute } from '@tanstack/react-router';
import { ResetPage } from '../features/accounts/reset-page.tsx';

export const Route = createFileRoute('/reset/$token')({ component: ResetRoute });

function ResetRoute() {
  return <ResetPage token={Route.useParams().token} />;
}
