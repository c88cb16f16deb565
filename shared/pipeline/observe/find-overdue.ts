// Sources of which no file came by the time that their settings name (`expectBy`), from their first file on.
import { RUN_STATES, isOfFile, runStampOf } from '../../run/run';
import type { RunStore } from '../../run/ledger';
import { lastExpected } from '../../source/last-expected';
import { parseSourceSettings } from '../../source/source-settings';
import type { SourceStore } from '../../source/source-store';

/** No file came by `since`, ms, nor later. */
export interface Overdue {
  readonly source: string;
  readonly since: number;
}

/** Of these sources. Reads only: one call for each, and one more for each that expects files. Settings that cannot be used expect none: its files are held. */
export async function findOverdue(
  ports: { readonly runs: Pick<RunStore, 'ofSource'>; readonly sources: Pick<SourceStore, 'read'> },
  sources: readonly string[],
  now: number,
): Promise<readonly Overdue[]> {
  const overdue: Overdue[] = [];
  for (const source of sources) {
    const text = await ports.sources.read(source);
    const parsed = text === null ? null : parseSourceSettings(text, source);
    if (parsed === null || !parsed.ok || parsed.settings.expectBy === undefined) continue;
    const { from, by } = lastExpected(parsed.settings.expectBy, now);
    const since = await ports.runs.ofSource(source, RUN_STATES, { after: runStampOf(from) });
    if (!since.some(({ value }) => isOfFile(value))) overdue.push({ source, since: by });
  }
  return overdue;
}
