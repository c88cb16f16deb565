// The HTTP status in an error of a storage client. Read from the member, not by the error's class: two copies of the library, or two
// realms, have two classes of the same name.

/** The HTTP status of a storage answer, or null if there was none. */
export function statusOf(error: unknown): number | null {
  const status =
    typeof error === 'object' && error !== null ? (error as { readonly statusCode?: unknown }).statusCode : undefined;
  return typeof status === 'number' ? status : null;
}
