// Parse, map and validate, as intake does, and nothing more.
import { createReadStream } from 'node:fs';
import { basename } from 'node:path';
import { stat } from 'node:fs/promises';
import { openExport } from '../../shared/export/open-export';
import { compileMapping } from '../../shared/mapping/compile-mapping';
import { exportExpectation } from '../../shared/source/source-settings';
import { BENCH_SOURCE, peopleSettings } from './people-source';

/** Maps the file to its end; resolves to the users it gave. */
export async function mapAlone(path: string): Promise<number> {
  const settings = peopleSettings(BENCH_SOURCE);
  const { size } = await stat(path);
  const opened = await openExport(createReadStream(path), exportExpectation(settings, basename(path), size));
  const mapper = compileMapping(settings, { at: 0 }).bind(opened.shape);
  let users = 0;
  for await (const records of opened.records)
    for (const record of await mapper.map(records)) if (record.kind === 'user') users++;
  mapper.end();
  return users;
}
