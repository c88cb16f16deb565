// Making a run of records: a run whose export is records that Entra was confirmed to hold, written by us beside the run and never in HR's
// container, so that nobody who may only drop files can make one. Every step may be repeated.
//
//   order ──► export ──► the run, received ──► arrival     after a crash the same call goes on; the sweep finds a run without an arrival
import { sourceOrNone } from '../../export/export-store';
import { writeOnce } from '../../run/kept-files';
import type { RunOrigin } from '../../run/run';
import { receivedRecords } from '../../run/run-moves';
import type { ScimUser } from '../../scim/user';
import type { Pipeline } from '../pipeline';

export type MakeRunPorts = {
  readonly ledger: { readonly runs: Pick<Pipeline['ledger']['runs'], 'insert'> };
} & Pick<Pipeline, 'files' | 'arrivals'>;

/** Who asked for the run, and why. It may name people: kept beside the run, never told in events. */
export interface Order {
  /** The account of an operator, or the setting that asks. */
  readonly by: string;
  readonly reason: string;
  /** ISO 8601. */
  readonly at: string;
}

/** The run to make. The id comes from what is in it; `name` is the name of the file as the reports show it, with the source's folder. */
export interface RunToMake {
  readonly run: string;
  readonly name: string;
  readonly origin: Exclude<RunOrigin, 'file'>;
  /** When it is made, or the time in its id, ms. */
  readonly arrivedAt: number;
  readonly order: Order;
  /** Is asked once per attempt; the same records in the same order, unless `attempt` tells them apart. */
  readonly records: () => AsyncIterable<ScimUser>;
  /** Letters and digits, always as many, where two attempts at once may have different records: those that are committed first are the run's. */
  readonly attempt?: string;
  /** Kept with the records. */
  readonly note?: string;
}

/** Makes the run, or goes on with it. False if it was made before. */
export async function makeRunOfRecords(pipeline: MakeRunPorts, make: RunToMake, now: number): Promise<boolean> {
  const { files, ledger, arrivals } = pipeline;
  const key = { source: sourceOrNone(make.name), run: make.run };
  await writeOnce(files, key, 'order.json', JSON.stringify(make.order));
  let bytes = 0;
  const writer = files.write(key, 'export', make.attempt);
  for await (const user of make.records()) {
    const line = Buffer.from(`${JSON.stringify(user)}\n`);
    bytes += line.length;
    await writer.append(line);
  }
  await writer.commit(true, make.note);
  const { run, name, origin, arrivedAt } = make;
  const version = { ...key, run, name, etag: '', lastModified: arrivedAt, bytes, origin };
  const isNew = await ledger.runs.insert(receivedRecords(version, now));
  await arrivals.put({ version: 1, blob: name, run }, 0);
  return isNew;
}
