// The whole of intake with the real ports: export → staged users, packing, batches in the ledger, the first window of messages.
// Nothing listens on the queue, so nothing is sent; Graph is a closed port.
import { compose, openGraph, openStorage } from '../../functions/compose';
import { parseAppSettings } from '../../functions/settings';
import type { AnyEventFields } from '../../shared/core/telemetry';
import { intake } from '../../shared/pipeline/intake/intake';
import { requestCounts } from '../count-requests';

/** What intake cost, without creating clients. */
export interface IntakeTaken {
  readonly rows: number;
  readonly seconds: number;
  readonly stagedSeconds: number;
  readonly transactions: number;
  /** Batches that are to be sent: calls. */
  readonly batches: number;
}

/** The settings with which a benchmark's processes use the emulator. */
export const benchSettings = (storage: string, graphUrl: string): Readonly<Record<string, string>> => ({
  AzureWebJobsStorage: storage,
  ROLLCALL_GRAPH_URL: graphUrl,
  ROLLCALL_CREDENTIAL: 'local',
  ROLLCALL_TENANT_ID: 'bench',
  ROLLCALL_LICENCE: 'governance',
  ROLLCALL_BLOB_SOURCE: 'LogsAndContainerScan',
});

/** A port of loopback on which nothing listens. */
export const NO_GRAPH = 'http://127.0.0.1:9';

/** Takes in the export in `inbound`. */
export async function wholeIntake(storage: string, blob: string): Promise<IntakeTaken> {
  const settings = parseAppSettings(benchSettings(storage, NO_GRAPH));
  let rows = 0;
  let batches = 0;
  let stagedAt = 0;
  const pipeline = await compose(
    settings,
    openStorage(settings),
    openGraph(settings),
    (name, fields: AnyEventFields) => {
      if (name !== 'rollcall.intake.staged') return;
      rows = Number(fields['rows']);
      batches = Number(fields['batches']);
      stagedAt = performance.now();
    },
  );
  const begin = performance.now();
  await intake(pipeline, { version: 1, blob });
  const end = performance.now();
  if (rows === 0) throw new Error('The export was not staged.');
  return {
    rows,
    batches,
    seconds: (end - begin) / 1_000,
    stagedSeconds: (stagedAt - begin) / 1_000,
    transactions: Object.values(requestCounts()).reduce((sum, count) => sum + count, 0),
  };
}
