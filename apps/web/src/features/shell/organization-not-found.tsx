import { useParams } from '@tanstack/react-router';
import { NotFoundPage } from '../../components/not-found-page.tsx';

/** Shown for an organization that does not exist or that the reader does not belong to: the two look the same on purpose. */
export function OrganizationNotFound() {
  const { org } = useParams({ strict: false });
  return (
    <main>
      <NotFoundPage title="You have no organization of this name">
        There is no “{org}” among yours. Somebody may have removed you, or the address has a mistake in it.
      </NotFoundPage>
    </main>
  );
}
