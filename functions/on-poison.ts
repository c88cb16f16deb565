// The poison queues → the run shows that it is parked, and why. A message that names nothing known is kept in the log as an event.
import { Type } from '@sinclair/typebox';
import { Arrival, DeliveryPointer } from '../shared/delivery/queues';
import { RollcallError } from '../shared/core/errors';
import type { Pipeline } from '../shared/pipeline/pipeline';
import { keepMessage, parkDelivery, parkExport } from '../shared/pipeline/park/park';
import { messageReader } from './queue-message';
import type { Story } from './with-pipeline';

/** What the host writes for a blob whose function failed too often (WebJobs storage extension). */
const PoisonBlob = Type.Object(
  { BlobName: Type.String(), ContainerName: Type.String(), ETag: Type.Optional(Type.String()) },
  { additionalProperties: true },
);

const readDelivery = messageReader(DeliveryPointer);
const readArrival = messageReader(Arrival);
const readBlob = messageReader(PoisonBlob);

export const onPoisonDelivery: Story = (pipeline, input) =>
  readable(pipeline, input, () => parkDelivery(pipeline, readDelivery(input)));
export const onPoisonArrival: Story = (pipeline, input) =>
  readable(pipeline, input, () => parkExport(pipeline, readArrival(input)));
export const onPoisonExport: Story = (pipeline, input) =>
  readable(pipeline, input, () => {
    const { BlobName, ETag } = readBlob(input);
    return parkExport(pipeline, { version: 1, blob: BlobName, ...(ETag === undefined ? {} : { etag: ETag }) });
  });

/** A poisoned message of unknown form is kept as it is: if the function failed here again, the message would expire unseen. */
async function readable(pipeline: Pipeline, input: unknown, park: () => Promise<void>): Promise<void> {
  try {
    await park();
  } catch (error) {
    if (!(error instanceof RollcallError) || error.code !== 'message-invalid') throw error;
    await keepMessage(pipeline, typeof input === 'string' ? input : JSON.stringify(input));
  }
}
