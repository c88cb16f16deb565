// Several people with one sign-in name: what becomes of each (ADR 0037). Entra lets no two accounts have one, and leaving the name out of a record does not
// free it. Somebody who has left must not cost a colleague the account, and nobody stays enabled for a name.

/** A person of the file who has the name. */
export interface NameClaim {
  readonly line: number;
  /** Whether the row is sent, as far as its id is concerned. */
  readonly goes: boolean;
  /** Null: it may be active. */
  readonly active: boolean | null;
  /** Something was sent for the person before, so they may have an account with this name. */
  readonly isDelivered: boolean;
}

/**
 * What the others mean for one of them: nothing; the row is in doubt, because another person who may be active has the name; it is not sent, because
 * it would make an account for nobody with the name of somebody; or it is sent, and somebody inactive may hold the name.
 */
export type FateOfClaim<N extends NameClaim> =
  | { readonly kind: 'free' | 'skipped' }
  | { readonly kind: 'in-doubt'; readonly other: N }
  | { readonly kind: 'held'; readonly holder: N };

/** True of somebody who has left, is sent, and was sent before: the account may have the name. */
export const mayHold = ({ goes, active, isDelivered }: NameClaim): boolean => goes && active === false && isDelivered;

const FREE = { kind: 'free' } as const;

/** Decides about a row that goes. `others`: the other people with the name, in file order. */
export function fateOfClaim<N extends NameClaim>(claim: N, others: readonly N[]): FateOfClaim<N> {
  const rival = others.find(({ active }) => active !== false);
  if (claim.active === false) return rival === undefined || claim.isDelivered ? FREE : { kind: 'skipped' };
  if (rival !== undefined) return { kind: 'in-doubt', other: rival };
  const holder = others.find(mayHold);
  return holder === undefined ? FREE : { kind: 'held', holder };
}
