import type { CustomerId } from '../ids/id.ts';
import { err, ok, type Result } from '../result.ts';
import { fold } from '../text/fold.ts';
import type { ItemFault } from './item-fault.ts';
import type { CustomerReference } from './items.ts';

/** A customer as far as references name them. */
export interface ReferredCustomer {
  readonly id: CustomerId;
  readonly externalId: string | null;
  readonly email: string | null;
}

/** Finds the customers of events, and says whom to create and whose missing identifiers to fill in. */
export interface CustomerResolver {
  /** Whom a reference means. Nothing is decided to be written before `take` is called. */
  resolve(reference: CustomerReference): Result<{ readonly id: CustomerId; readonly take: () => void }, ItemFault>;
  /** Customers to create, and those who lacked what a reference said, as they shall be. */
  changes(): { readonly inserts: readonly ReferredCustomer[]; readonly fills: readonly ReferredCustomer[] };
}

interface Draft {
  id: CustomerId;
  externalId: string | null;
  email: string | null;
  state: 'stored' | 'filled' | 'new';
}

/**
 * A resolver over the customers that a batch's references name. An external id goes before an address, as in an import; two
 * different customers behind one reference refuse it. A later reference sees what earlier ones took.
 */
export function customerResolver(known: readonly ReferredCustomer[], nextId: () => CustomerId): CustomerResolver {
  const byId = new Map<string, Draft>();
  const byExternalId = new Map<string, Draft>();
  const byEmail = new Map<string, Draft>();

  function index(draft: Draft): void {
    byId.set(draft.id, draft);
    if (draft.externalId !== null) byExternalId.set(draft.externalId, draft);
    if (draft.email !== null) byEmail.set(fold(draft.email), draft);
  }
  for (const customer of known) index({ ...customer, state: 'stored' });

  const fault = (code: ItemFault['code'], field: string) => err<ItemFault>({ code, path: ['customer', field] });

  return {
    resolve({ id, externalId, email }) {
      const sameExternalId = externalId === undefined ? undefined : byExternalId.get(externalId);
      const sameEmail = email === undefined ? undefined : byEmail.get(fold(email));
      const named = id === undefined ? undefined : byId.get(id);
      if (id !== undefined && !named) return fault('customer_unknown', 'id');
      const found = named ?? sameExternalId ?? sameEmail;
      if (sameExternalId && sameExternalId !== found) return fault('customer_identity_clash', 'externalId');
      if (sameEmail && sameEmail !== found) return fault('customer_identity_clash', 'email');
      // Found by the address, and it is somebody with another external id.
      if (found && externalId !== undefined && found.externalId !== null && found.externalId !== externalId) {
        return fault('customer_identity_clash', 'externalId');
      }
      const draft: Draft = found ?? { id: nextId(), externalId: null, email: null, state: 'new' };
      const take = () => {
        const fills =
          (externalId !== undefined && draft.externalId === null) || (email !== undefined && draft.email === null);
        if (!fills) return;
        draft.externalId ??= externalId ?? null;
        draft.email ??= email ?? null;
        if (draft.state === 'stored') draft.state = 'filled';
        index(draft);
      };
      return ok({ id: draft.id, take });
    },
    changes() {
      const inserts: ReferredCustomer[] = [];
      const fills: ReferredCustomer[] = [];
      for (const { state, id, externalId, email } of byId.values()) {
        if (state === 'new') inserts.push({ id, externalId, email });
        else if (state === 'filled') fills.push({ id, externalId, email });
      }
      return { inserts, fills };
    },
  };
}
