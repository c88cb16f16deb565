// Directories in a listing: an account with a hierarchical namespace has them, as SFTP needs it.
import type { BlobItem } from '@azure/storage-blob';

/**
 * Whether a listed blob is a directory: where the account has a hierarchical namespace, a listing returns them as well (Learn, "Known issues with
 * Azure Data Lake Storage", read 2026-11), empty and with this mark.
 */
export const isDirectory = ({ metadata, properties }: BlobItem): boolean =>
  properties.contentLength === 0 && metadata?.hdi_isfolder === 'true';
