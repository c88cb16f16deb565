// `rollcall setup schema --restore`: puts a copy of a job's schema back, after a copy of the present one was kept.
import { isObject } from '../shared/graph/loose-json';
import { readJsonText, readSettingsText } from '../shared/source/json-text';
import { isPlaceholder } from '../shared/source/placeholder';
import { peopleSchema } from '../shared/tenant/job-schema';
import { plainSchema, schemaPath } from '../shared/tenant/schema-step';
import type { JsonObject } from '../shared/core/json-value';
import { say } from '../shared/tenant/say';
import { signInToGraph, type GraphOptions } from './graph-sign-in';
import { holdCommand, quotePath, readSmall } from './local-file';
import { readUsableSource } from './read-source';
import { tellHolds } from './run-on-state';
import { sentenceOf } from './sentences';
import type { OpenGraph } from './setup';
import { schemaBackups, sourcePath } from './setup-files';
import { exitCodes, type Terminal } from './terminal';

/** Options of the command. */
export interface RestoreOptions extends GraphOptions {
  /** Folder of the source.json. */
  readonly source: string;
  /** The copy. */
  readonly restore: string;
  readonly json: boolean;
}

/** Runs the command; resolves to its exit code. */
export const restoreSchema = (
  options: RestoreOptions,
  terminal: Terminal,
  open: OpenGraph = signInToGraph,
): Promise<number> =>
  tellHolds(options, terminal, async (tell) => {
    const { restore, source } = options;
    const { servicePrincipalId, jobId } = (await readUsableSource(sourcePath(source))).job;
    if (isPlaceholder(jobId)) throw holdCommand('job-not-set-up', { path: quotePath(sourcePath(source)) });
    const schema = await readCopy(restore);
    const { graph } = await open(options, ['Synchronization.ReadWrite.All'], terminal);
    const path = schemaPath(servicePrincipalId, jobId);
    const backup = await schemaBackups(source).keep(plainSchema(await graph.get(path)), Date.now());
    await graph.put(path, schema);
    const restored = say('setup-schema-restored', { file: quotePath(restore), backup: quotePath(backup) });
    await tell({ restored: restore, backup }, () => [sentenceOf(restored)]);
    return exitCodes.clean;
  });

/** Throws `FileHold` unless the file is a schema: Graph takes a document without rules, and maps nothing from then on. */
async function readCopy(path: string): Promise<JsonObject> {
  const text = readJsonText(readSettingsText(await readSmall(path, 'file-not-readable')));
  const value: unknown = text.ok ? text.value : null;
  if (!isObject(value) || peopleSchema(value) === null)
    throw holdCommand('schema-copy-unusable', { path: quotePath(path) });
  return plainSchema(value);
}
