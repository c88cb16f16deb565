// What can go wrong where the set-up of a tenant is read or changed through Graph, and who is asked to sign in for it. The English is in
// management-messages.ts.
import type { CodeOf } from '../core/codes';
import { halt } from '../core/codes';
import type { Quote } from '../core/message';
import type { ManagementOperation } from './management-operations';

/** A call that did not do what it was made for. */
type RefusedCall = {
  operation: ManagementOperation;
  /** The permission that the operation needs, as Graph names it; null if the operation is unknown. */
  permission: string | null;
  /** The role in Entra that somebody needs who signs in for it; null if the operation is unknown. */
  role: string | null;
  /** Status of the answer; null if there was none. */
  status: number | null;
  /** Graph's own code of the error, one word; null if it gave none. */
  graphCode: string | null;
  /** The words of the service. */
  words: Quote;
  /** The id by which Graph's support finds the call. */
  clientRequestId: string;
};

/** Codes of graph management (management.ts) and of the sign-in for it. */
export const managementCodes = {
  'tenant-signed-out': halt<RefusedCall>(),
  'tenant-forbidden': halt<RefusedCall>(),
  'tenant-lacks': halt<RefusedCall>(),
  'tenant-refused': halt<RefusedCall>(),
  'tenant-unavailable': halt<RefusedCall>(),
  'tenant-unreadable': halt<RefusedCall>(),
};

/** One of them. */
export type ManagementCode = CodeOf<typeof managementCodes>;

/** The values of all of them. */
export type ManagementValues = RefusedCall;
