// The id under which Graph finds one of our calls, also one that it never answered: the service logs it beside its own `request-id`.
// Source: docs/reference/graph-provisioning.md §1.6.
import { stableHash } from '../core/hash';

/**
 * The id of a delivery's call: a UUID (RFC 9562, version 8) made of what the delivery is, so that it can be named again when all that is left of
 * the call is its batch. A call that is repeated with a fresh token, because the first one was refused, has the same id.
 */
export function clientRequestIdOf(run: string, batch: string, delivery: number): string {
  const hex = stableHash([run, batch, String(delivery)], 32);
  // The variant of RFC 9562 is in the two highest bits of this digit.
  const variant = ((parseInt(hex.charAt(16), 16) & 0b0011) | 0b1000).toString(16);
  return [
    hex.slice(0, 8),
    hex.slice(8, 12),
    `8${hex.slice(13, 16)}`,
    `${variant}${hex.slice(17, 20)}`,
    hex.slice(20),
  ].join('-');
}
