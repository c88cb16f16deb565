// The poison queues → the run shows that it is parked, and why. A message that names nothing we know is kept in the log as an event.
import type { Static } from '@sinclair/typebox';
import { Type } from '@sinclair/typebox';
import { Arrival, DeliveryPointer } from '../shared/delivery/queues';
import { parkDelivery, parkExport } from '../shared/pipeline/park';
import { messageReader } from './queue-message';
import type { Story } from './with-pipeline';

/** What the host writes for a blob whose function failed too often (WebJobs storage extension). */
const PoisonBlob = Type.Object(
  { BlobName: Type.String(), ContainerName: Type.String(), ETag: Type.Optional(Type.String()) },
  { additionalProperties: true },
);
type PoisonBlob = Static<typeof PoisonBlob>;

const readDelivery = messageReader(DeliveryPointer);
const readArrival = messageReader(Arrival);
const readBlob = messageReader(PoisonBlob);

export const onPoisonDelivery: Story = (pipeline, input) => parkDelivery(pipeline, readDelivery(input));
export const onPoisonArrival: Story = (pipeline, input) => parkExport(pipeline, readArrival(input));
export const onPoisonExport: Story = (pipeline, input) => {
  const blob: PoisonBlob = readBlob(input);
  return parkExport(pipeline, { version: 1, blob: blob.BlobName });
};
