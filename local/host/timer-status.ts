// When a timer ran last and is due next, kept in storage so that a run missed while no host was running is noticed.
import type { BlockBlobClient, ContainerClient } from '@azure/storage-blob';
import { type Static, Type } from '@sinclair/typebox';
import Ajv from 'ajv';
import { failedWith, readBlob } from './storage';

const schema = Type.Object({ Last: Type.String(), Next: Type.String(), LastUpdated: Type.String() });

/** ISO 8601 times, as the real host keeps them. */
export type TimerStatus = Static<typeof schema>;
const isStatus = new Ajv().compile<TimerStatus>(schema);

/** What .NET writes for "never". */
export const neverRan = '0001-01-01T00:00:00';

/** The status blob of one timer. */
export class TimerStatusStore {
  readonly #blob: BlockBlobClient;

  constructor(container: ContainerClient, hostId: string, functionName: string) {
    this.#blob = container.getBlockBlobClient(`timers/${hostId}/Host.Functions.${functionName}/status`);
  }

  /** `null` when the timer never ran, or its status cannot be read. */
  async read(): Promise<TimerStatus | null> {
    try {
      const content: unknown = JSON.parse((await readBlob(this.#blob)).toString('utf8'));
      return isStatus(content) ? content : null;
    } catch (error) {
      if (failedWith(error, 404) || error instanceof SyntaxError) {
        return null;
      }
      throw error;
    }
  }

  async write(status: TimerStatus): Promise<void> {
    const content = JSON.stringify(status);
    await this.#blob.upload(content, Buffer.byteLength(content));
  }
}
