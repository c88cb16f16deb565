// The plan of a held run, beside its other reports: what an approval would let go.
import { exportExpectation } from '../../source/source-settings';
import { openExport } from '../../export/open-export';
import { fileMissing, readRequired } from '../../run/kept-files';
import { usableKeptSettings } from '../../run/kept-settings';
import { readPinnedRoster } from '../../run/pinned-roster';
import type { Run } from '../../run/run';
import { fileNameOf, reportNameOf } from '../../run/run';
import type { Pipeline } from '../pipeline';
import { pinnedHoldList } from '../read/pin-hold-list';
import { readKnownPeople } from '../read/known-people';
import { loadPinned } from '../read/pin-roster';
import { oldRecords } from '../records/old-records';
import { planNames, tellPlan } from './tell-plan';

export type PlanHeldPorts = Pick<
  Pipeline,
  'files' | 'indexes' | 'rosters' | 'reports' | 'clock' | 'hash' | 'isLoopback' | 'callsPerDay'
>;

/** Writes both files of the plan, unless its settings are refused by now. The file is read twice more, or three times if managers are looked up; it was read to its end before, or it would not be held by the guard. */
export async function planHeldRun(ports: PlanHeldPorts, run: Run): Promise<void> {
  const { files, reports, clock, hash, isLoopback, callsPerDay } = ports;
  const settings = await usableKeptSettings(files, run);
  // An approval would be void: the file is to be dropped again.
  if (settings === null) return;
  const pinned = await readPinnedRoster(files, run);
  if (pinned === null) throw fileMissing(run, 'roster.json');
  const roster = await loadPinned(ports, run.source, pinned.pin);
  const file = fileNameOf(run);
  const names = planNames(reportNameOf(run));
  const csv = reports.write(run, names.csv);
  const { page } = await tellPlan(
    hash,
    {
      open: async () =>
        openExport(await readRequired(files, run, 'export'), exportExpectation(settings, file, run.bytes)),
      settings,
      ...(await readKnownPeople(ports, run.source, roster, pinned.previous)),
      day: pinned.day,
      asOf: { at: pinned.at },
      run: run.run,
      holdList: await pinnedHoldList(ports, run),
      at: run.arrivedAt,
      isLoopback,
      oldRecords: oldRecords(ports, run.source),
    },
    { source: run.source, file, run: run.run, madeAt: clock.now(), callsPerDay },
    csv,
  );
  await csv.commit();
  const html = reports.write(run, names.page);
  await html.append(page);
  await html.commit();
}
