// The id of a run is derived from its export alone, so a duplicate event finds the run that the first one made.
import { stableHash } from '../core/stable-id';

/**
 * `yyyyMMddTHHmmssZ-<hash>`: the blob's last change, then a hash of name and ETag. Sorts by arrival: the newest run of a source has
 * the greatest id. Last-Modified has whole seconds (RFC 9110 §5.6.7), so two versions dropped within one second may sort either way.
 */
export function runIdOf(blobName: string, etag: string, lastModified: number): string {
  const stamp = new Date(lastModified).toISOString().replace(/[-:]|\.\d+/g, '');
  return `${stamp}-${stableHash([blobName, etag], 10)}`;
}
