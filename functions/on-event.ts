// Queue `events` → a pointer on `arrivals` for each file that an event of Event Grid announces: the blob trigger's place where Event Grid cannot
// call the app (ADR 0044).
import { arrivedBlobs, EventMessage } from '../shared/export/blob-event';
import { announceExports } from '../shared/pipeline/intake/announce-export';
import { messageReader } from './queue-message';
import type { Story } from './with-pipeline';

const read = messageReader(EventMessage);

export const onEvent: Story = (pipeline, input) =>
  announceExports(pipeline, arrivedBlobs([read(input)].flat()), pipeline.trace.current());
