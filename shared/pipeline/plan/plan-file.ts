// The plan of a file that is only looked at, held for whatever would hold it in intake. Nothing is written but to the sink.
import { dayOf } from '../../roster/roster-entry';
import type { Hash64 } from '../../core/hash';
import type { Finding, OpenExport } from '../../export/export-record';
import { checkManifest } from '../../export/manifest';
import { openExport } from '../../export/open-export';
import { holdForGuardOff } from '../../guard/guard-outcome';
import { EMPTY_HOLD_LIST } from '../../holdlist/hold-list';
import type { TextSink } from '../../report/csv-file';
import type { SourceSettings } from '../../source/source-settings';
import { exportExpectation } from '../../source/source-settings';
import { usableHoldList } from '../read/pin-hold-list';
import { findingsOfSettings } from '../read/settings-findings';
import { findingsOfName } from '../read/unexpected-name';
import type { Compared } from './compare-with-source';
import { AFTER_ALL_RUNS } from './compare-with-source';
import type { ToldPlan } from './tell-plan';
import { tellPlan } from './tell-plan';

/** A file and what belongs to it. */
export interface FileToLookAt {
  /** Its name, without folders. */
  readonly name: string;
  readonly bytes: number;
  /** Its content from the beginning; called twice, or three times if the settings look up managers. */
  readonly read: () => AsyncIterable<Uint8Array>;
  /** `<file>.manifest.json`, parsed; `undefined` if there is none. */
  readonly manifest: unknown;
  readonly settings: SourceSettings;
  /** The bytes of the source's hold list; null if there is none. */
  readonly holdList: Uint8Array | null;
}

/** Where and when the file would arrive. */
export interface LookingAt {
  /** Ms. */
  readonly now: number;
  readonly isLoopback: boolean;
  readonly callsPerDay: number;
}

/** A plan, and what was found about the file and the settings on the way. */
export interface PlanOfFile extends ToldPlan {
  readonly findings: readonly Finding[];
}

/** Plans a file that would arrive now. Throws `FileHold` for whatever holds it besides the limits of the guard. */
export async function planFile(
  hash: Hash64,
  file: FileToLookAt,
  compared: Compared,
  { now, isLoopback, callsPerDay }: LookingAt,
  csv: TextSink,
): Promise<PlanOfFile> {
  const { name, bytes, settings, manifest } = file;
  const guardOff = holdForGuardOff(settings.guard, { isLoopback });
  if (guardOff !== null) throw guardOff;
  const holdList = await usableHoldList(file.holdList ?? Buffer.from(EMPTY_HOLD_LIST));
  let opened: OpenExport | null = null;
  const open = async (): Promise<OpenExport> =>
    (opened = await openExport(file.read(), exportExpectation(settings, name, bytes)));
  const told = await tellPlan(
    hash,
    {
      ...compared,
      open,
      settings,
      holdList,
      isLoopback,
      day: dayOf(now),
      asOf: { at: now },
      run: AFTER_ALL_RUNS,
      at: now,
    },
    { source: settings.name, file: name, run: null, madeAt: now, callsPerDay },
    csv,
  );
  if (manifest !== undefined || settings.file.manifest === 'required')
    checkManifest(manifest, { rows: told.planned.rows, sha256: sha256Of(opened) });
  const findings = [...findingsOfName(settings, name), ...told.planned.findings, ...findingsOfSettings(settings)];
  return { ...told, findings };
}

const sha256Of = (opened: OpenExport | null): string => opened?.sha256() ?? '';
