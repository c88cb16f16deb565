// Queue `arrivals` → intake: the only way into it.
import { Arrival } from '../shared/delivery/queues';
import { intakeInTurn } from '../shared/pipeline/intake/intake-in-turn';
import { messageReader } from './queue-message';
import type { Story } from './with-pipeline';

const read = messageReader(Arrival);

export const onArrival: Story = (pipeline, input) => intakeInTurn(pipeline, read(input));
