// Queue `arrivals` → the same intake that the blob trigger calls.
import { Arrival } from '../shared/delivery/queues';
import { intake } from '../shared/pipeline/intake/intake';
import { messageReader } from './queue-message';
import type { Story } from './with-pipeline';

const read = messageReader(Arrival);

export const onArrival: Story = (pipeline, input) => intake(pipeline, read(input));
