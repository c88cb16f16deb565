// The poison queues → the run shows that it is parked, and why. A message that names nothing we know is kept as evidence. None expires: the
// platform does not run a message of a poison queue again after its last try, and deletes it after seven days (docs/reference/azure-functions.md §A.3).
import { Type } from '@sinclair/typebox';
import { Arrival, DeliveryPointer } from '../shared/delivery/queues';
import { RollcallError } from '../shared/core/errors';
import { arrivedBlobs, EventMessage } from '../shared/export/blob-event';
import type { Pipeline } from '../shared/pipeline/pipeline';
import { keepMessage, parkDelivery, parkExport, returnEvent, returnExport } from '../shared/pipeline/park/park';
import { messageReader } from './queue-message';
import type { Keep, Story } from './with-pipeline';

/** What the host writes for a blob whose function failed too often (docs/reference/azure-functions.md §D.1), as far as it is used. */
const PoisonBlob = Type.Object(
  { BlobName: Type.String(), ContainerName: Type.String() },
  { additionalProperties: true },
);

const readDelivery = messageReader(DeliveryPointer);
const readArrival = messageReader(Arrival);
const readEvent = messageReader(EventMessage);
const readBlob = messageReader(PoisonBlob);

/** From this try on a message that fails is put back as a new one: before the last one, whatever `maxDequeueCount` is, as long as there are two. */
const PUT_BACK_AT_TRY = 2;

/** The story; if it fails again and again, its message comes back after the pause of `keep`, as often as needed. */
export const untilDone =
  (story: Story, keep: Keep): Story =>
  async (pipeline, input, context) => {
    try {
      await story(pipeline, input, context);
    } catch (error) {
      const tries = context.triggerMetadata?.dequeueCount;
      const isLate = typeof tries === 'number' && tries >= PUT_BACK_AT_TRY;
      if (!isLate || (await keep(input, context))) throw error;
      context.error(error instanceof RollcallError ? `${error.code}: ${error.message}` : error);
    }
  };

export const onPoisonDelivery: Story = (pipeline, input) =>
  readable(pipeline, input, () => parkDelivery(pipeline, readDelivery(input)));
export const onPoisonArrival: Story = (pipeline, input) =>
  readable(pipeline, input, () => parkExport(pipeline, readArrival(input)));
export const onPoisonEvent: Story = (pipeline, input) =>
  readable(pipeline, input, () => returnEvent(pipeline, arrivedBlobs([readEvent(input)].flat())));
export const onPoisonExport: Story = (pipeline, input) =>
  readable(pipeline, input, () => {
    const { ContainerName, BlobName } = readBlob(input);
    return returnExport(pipeline, ContainerName, BlobName);
  });

/** Keeps a poisoned message of unknown form as it is: if this failed again, the message would expire unseen. */
async function readable(pipeline: Pipeline, input: unknown, park: () => Promise<void>): Promise<void> {
  try {
    await park();
  } catch (error) {
    if (!(error instanceof RollcallError) || error.code !== 'message-invalid') throw error;
    await keepMessage(pipeline, typeof input === 'string' ? input : JSON.stringify(input));
  }
}
