// The file of the dates of a source, `<number>-<attempt>.dates` beside the roster: one line of JSON per person with days to come, in no order. The
// pointer to the roster names it, so both change in one swap; a roster without it has no dates.
import { readLines } from '../storage/read-lines';
import type { Versioned } from '../storage/versioned';
import { datedLine, readDatedLine, type DatedPerson } from './dated-person';
import { damaged } from './roster-file';
import type { DatesPin, RosterPin, RosterStore } from './roster-store';

/** Bytes that are written at a time. Our choice, 2026-11. */
const CHUNK_BYTES = 256 * 1024;

/** The people of the dates of a source. Ends with `RollcallError` if the file is damaged or gone. */
export async function* readDates(
  store: Pick<RosterStore, 'read'>,
  pin: DatesPin | undefined,
): AsyncGenerator<DatedPerson> {
  if (pin === undefined) return;
  let people = 0;
  for await (const line of readLines(await store.read(pin))) {
    people++;
    yield readDatedLine(line);
  }
  if (people !== pin.people) throw damaged('its dates are not whole');
}

/** Writes a file of these people, beside the roster that replaces `old`; null if there is nobody. */
export async function writeDates(
  store: Pick<RosterStore, 'writeDates'>,
  source: string,
  old: Versioned<RosterPin> | null,
  people: AsyncIterable<DatedPerson>,
): Promise<DatesPin | null> {
  const writer = store.writeDates(source, old);
  let count = 0;
  let next = Number.POSITIVE_INFINITY;
  let lines: string[] = [];
  let length = 0;
  const flush = async (): Promise<void> => {
    await writer.append(Buffer.from(lines.join('')));
    lines = [];
    length = 0;
  };
  for await (const person of people) {
    count++;
    next = Math.min(next, person.switches[0]?.at ?? next);
    const line = `${datedLine(person)}\n`;
    lines.push(line);
    length += line.length;
    if (length >= CHUNK_BYTES) await flush();
  }
  if (count === 0) return null;
  await flush();
  return { ...(await writer.commit()), people: count, next };
}
