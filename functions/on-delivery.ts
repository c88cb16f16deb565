// Queue `deliveries` → deliver.
import { DeliveryPointer } from '../shared/delivery/queues';
import { deliver } from '../shared/pipeline/deliver/deliver';
import { messageReader } from './queue-message';
import type { Story } from './with-pipeline';

const read = messageReader(DeliveryPointer);

export const onDelivery: Story = (pipeline, input) => deliver(pipeline, read(input));
