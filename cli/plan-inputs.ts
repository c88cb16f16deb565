// What `rollcall plan` compares a file with: the source in storage, a roster in a file, or nothing.
import { RollcallError } from '../shared/core/errors';
import { loadHash64 } from '../shared/core/hash';
import { quote } from '../shared/core/message';
import { isLoopback } from '../shared/graph/graph-url';
import { compareWithSource, NOTHING_KNOWN, type Compared } from '../shared/pipeline/plan/compare-with-source';
import { azureRosterStore } from '../shared/roster/azure-roster-store';
import { loadRoster } from '../shared/roster/read-roster';
import { rosterCodes } from '../shared/roster/roster-codes';
import { azureRunFiles } from '../shared/run/azure-run-files';
import { PeopleIndexes } from '../shared/run/people-indexes';
import { azureRunTable } from '../shared/run/azure-run-table';
import { azureSourceStore } from '../shared/source/azure-source-store';
import { parseSourceSettings, type SourceSettings } from '../shared/source/source-settings';
import type { Storage } from '../shared/storage/azure-storage';
import { findFile, holdCommand, readHoldList } from './local-file';
import { holdOfProblems, readUsableSource } from './read-source';

/** What the file is read by, and compared with. */
export interface PlanInputs {
  readonly settings: SourceSettings;
  readonly holdList: Uint8Array | null;
  readonly compared: Compared;
  readonly comparedWith: 'storage' | 'roster-file' | 'nothing';
  /** True if the machine is on this computer, so that it sends to a simulator. */
  readonly isLoopback: boolean;
}

/** True if `--source` is the path of a source.json, not the name of a source. */
export const isPath = (source: string): boolean => /[\\/]|\.json$/i.test(source);

/**
 * Gathers everything. Settings are those of the file at `source`, else those that storage has. Throws `FileHold` if the settings or the roster
 * cannot be used.
 */
export async function gatherInputs(
  { source, roster }: { readonly source: string; readonly roster: string | null },
  storage: Storage | null,
): Promise<PlanInputs> {
  if (storage !== null) return fromStorage(source, storage);
  const settings = await readUsableSource(source);
  const inputs = { settings, holdList: await readHoldList(source), isLoopback: false } as const;
  if (roster === null) return { ...inputs, compared: NOTHING_KNOWN, comparedWith: 'nothing' };
  const file = await findFile(roster);
  const loaded = await orUnusable(() => loadRoster(file.read(), settings.name, file.bytes));
  return { ...inputs, compared: { ...NOTHING_KNOWN, roster: loaded, expected: loaded }, comparedWith: 'roster-file' };
}

async function fromStorage(source: string, storage: Storage): Promise<PlanInputs> {
  const sources = azureSourceStore(storage.blobs.getContainerClient('sources'));
  const settings = isPath(source) ? await readUsableSource(source) : await storedSettings(sources, source);
  const files = azureRunFiles(storage.blobs, 'inbound', 'runs');
  const hash = await loadHash64();
  const ports = {
    ledger: { runs: azureRunTable(storage.table('runs')) },
    files,
    indexes: new PeopleIndexes(files, hash),
    rosters: azureRosterStore(storage.blobs.getContainerClient('rosters'), Math.random),
    hash,
  };
  return {
    settings,
    // A list beside new settings is part of the question.
    holdList:
      (isPath(source) ? await readHoldList(source) : null) ??
      (await sources.readHoldList(settings.name))?.content ??
      null,
    compared: await orUnusable(() => compareWithSource(ports, settings.name)),
    comparedWith: 'storage',
    isLoopback: isLoopback(new URL(storage.blobs.url)),
  };
}

/** The settings that storage has. Throws `FileHold` if there are none, or if they cannot be used. */
export async function storedSettings(
  sources: ReturnType<typeof azureSourceStore>,
  name: string,
): Promise<SourceSettings> {
  const text = await sources.read(name);
  if (text === null) throw holdCommand('plan-source-unknown', { source: quote(name) });
  const parsed = parseSourceSettings(text, name);
  if (!parsed.ok) throw holdOfProblems(name, parsed);
  return parsed.settings;
}

async function orUnusable<T>(load: () => Promise<T>): Promise<T> {
  try {
    return await load();
  } catch (error) {
    if (!(error instanceof RollcallError) || !(error.code in rosterCodes)) throw error;
    throw holdCommand('plan-roster-unusable', { reason: [{ path: '', code: error.code, values: {} }] });
  }
}
