const key = 'mini-crm:organization';

/** The slug of the organization that was open last in this browser. */
export function lastOrganization(): string | null {
  try {
    return localStorage.getItem(key);
  } catch {
    return null;
  }
}

/** Remembers it; without storage the first organization is opened next time. */
export function rememberOrganization(slug: string): void {
  try {
    localStorage.setItem(key, slug);
  } catch {
    // Blocked storage costs a convenience only.
  }
}
