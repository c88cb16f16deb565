// May this app work? Its settings, the URL of Graph, the credential, the list of jobs and the clients are judged as one, after the functions are
// registered: under the real worker an app that throws while it loads has no functions, and nothing says why
// (docs/reference/azure-functions.md §D.9).
import { RollcallError } from '../shared/core/errors';
import { isNoJobList } from '../shared/delivery/allowed-jobs';
import type { GraphTransport } from '../shared/graph/graph-transport';
import { isLoopback } from '../shared/graph/graph-url';
import type { Pipeline } from '../shared/pipeline/pipeline';
import type { Storage } from '../shared/storage/azure-storage';
import { compose, openGraph, openStorage } from './compose';
import type { AppSettings, Environment } from './settings';
import { parseAppSettings } from './settings';

/** What the pipeline is built from. */
export interface ReadyApp {
  readonly settings: AppSettings;
  readonly storage: Storage;
  readonly graph: GraphTransport;
}

/** All that a function needs, or why no function may do anything. `refusal` has the disposition `halt`: only a person can fix it. */
export type Judgement =
  { readonly ok: true; readonly app: ReadyApp } | { readonly ok: false; readonly refusal: RollcallError };

/** Judges the settings; makes clients, but no call. Never throws. */
export function judgeApp(environment: Environment): Judgement {
  try {
    const settings = parseAppSettings(environment);
    const storage = storageOf(settings);
    const graph = openGraph(settings);
    assertJobList(settings);
    return { ok: true, app: { settings, storage, graph } };
  } catch (error) {
    if (error instanceof RollcallError) return { ok: false, refusal: error };
    const refusal = new RollcallError('settings-invalid', 'halt', 'the app settings cannot be used', { cause: error });
    return { ok: false, refusal };
  }
}

/** The clients' own words about a connection string are not passed on: it holds a key. */
function storageOf(settings: AppSettings): Storage {
  try {
    return openStorage(settings);
  } catch {
    throw new RollcallError(
      'settings-invalid',
      'halt',
      'the app settings cannot be used: AzureWebJobsStorage is no connection string, or an address in it is no URL',
    );
  }
}

/** Of a tenant it must be said which jobs are meant: the identity may upload to every one of them. Only a simulator has nothing to lose. */
function assertJobList(settings: AppSettings): void {
  if (isLoopback(new URL(settings.ROLLCALL_GRAPH_URL)) || !isNoJobList(settings.ROLLCALL_JOBS)) return;
  throw new RollcallError(
    'jobs-not-listed',
    'halt',
    'ROLLCALL_JOBS is empty: it must name the jobs that may be sent to',
  );
}

/** Builds the pipeline; where the settings say so, it creates what is missing in storage first. Its events go nowhere: they belong to an invocation. */
export async function buildPipeline({ settings, storage, graph }: ReadyApp): Promise<Pipeline> {
  const isOwner = settings.ROLLCALL_CREATE_STORAGE;
  if (isOwner) await storage.create();
  const pipeline = await compose(settings, storage, graph, () => undefined);
  // Of tables that are empty still: the index is whole before the first file comes.
  if (isOwner) await pipeline.ledger.runs.mendIndex(pipeline.clock.now());
  return pipeline;
}
