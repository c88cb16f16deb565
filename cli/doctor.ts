// `rollcall doctor`: why "accepted, and then nothing" would happen, before it does. Reads storage and the tenant, and changes nothing.
import { FileHold } from '../shared/core/errors';
import type { Message } from '../shared/core/message';
import { readGates } from '../shared/delivery/azure-gate-table';
import { usedToday } from '../shared/delivery/pace';
import { lookAtStorage } from '../shared/doctor/azure-look-at-storage';
import { diagnose } from '../shared/doctor/diagnose';
import { doctorMessage, type Finding } from '../shared/doctor/finding';
import { READING_PERMISSIONS, readTenant } from '../shared/doctor/read-tenant';
import { read, type Part, type TenantPicture } from '../shared/doctor/tenant-picture';
import { lookAtRosters } from '../shared/pipeline/roster/look-at-rosters';
import { azureRosterStore } from '../shared/roster/azure-roster-store';
import { azureRunTable } from '../shared/run/azure-run-table';
import { azureSourceStore } from '../shared/source/azure-source-store';
import type { SourceSettings } from '../shared/source/source-settings';
import type { Storage } from '../shared/storage/azure-storage';
import { doctorJson } from './doctor-json';
import { doctorText } from './doctor-text';
import { signInToGraph, type GraphOptions } from './graph-sign-in';
import { withStorage } from './open-storage';
import { isPath, storedSettings } from './plan-inputs';
import { readUsableSource } from './read-source';
import { tellHolds, type StateOptions } from './run-on-state';
import { exitCodes, type Terminal } from './terminal';

/** Options of the command. */
export interface DoctorOptions extends StateOptions {
  /** The name of a source in storage, or the path of a source.json. */
  readonly source: string;
  /** Object id of the identity that sends. */
  readonly identity: string | null;
  readonly graph: GraphOptions;
}

/** What storage has of the picture. */
type StorageParts = Pick<TenantPicture, 'storage' | 'gate' | 'activePeople'>;

/** Runs the command; resolves to its exit code. */
export const runDoctor = (options: DoctorOptions, terminal: Terminal): Promise<number> =>
  tellHolds(options, terminal, async (tell) => {
    const step = async (what: string): Promise<void> => {
      if (terminal.isInteractive) await terminal.err(`${what}\n`);
    };
    await step('Reading the settings and storage');
    const { settings, parts } = await lookInStorage(options);
    const signedIn = await signInToGraph(options.graph, READING_PERMISSIONS, terminal);
    await step('Reading the provisioning job and its tenant');
    const tenant = await readTenant(signedIn.graph, settings.job, options.identity, () => signedIn.clock.aheadMs());
    const callsPerDay = unread(doctorMessage('check-needs-option', { option: 'ROLLCALL_LICENCE' }));
    const picture: TenantPicture = { ...parts, ...tenant, identity: options.identity, callsPerDay };
    const findings = diagnose(picture, { settings, place: { isLoopback: signedIn.isLocal } });
    await tell(doctorJson(settings, findings), () => doctorText(settings, findings));
    return exitCodeOf(findings);
  });

const exitCodeOf = (findings: readonly Finding[]): number =>
  findings.every(({ level }) => level === 'ok') ? exitCodes.clean : exitCodes.findings;

const unread = (why: Message): { readonly kind: 'unread'; readonly why: Message } => ({ kind: 'unread', why });

/** Storage that is out of reach is a finding, unless the settings are in it. */
async function lookInStorage(
  options: DoctorOptions,
): Promise<{ readonly settings: SourceSettings; readonly parts: StorageParts }> {
  const { source } = options;
  const ofFile = isPath(source) ? await readUsableSource(source) : null;
  const isNamed = options.data !== null || (options.storage !== null && options.storage !== '');
  if (ofFile !== null && !isNamed)
    return { settings: ofFile, parts: unlooked(doctorMessage('check-needs-option', { option: '--storage' })) };
  try {
    return await withStorage(options, async (storage) => {
      const settings =
        ofFile ?? (await storedSettings(azureSourceStore(storage.blobs.getContainerClient('sources')), source));
      return { settings, parts: await partsOf(storage, settings) };
    });
  } catch (error) {
    if (!(error instanceof FileHold) || ofFile === null) throw error;
    const { code, values } = error;
    const nothing = { containers: [], queues: [], tables: [] };
    const parts = unlooked(doctorMessage('check-needs-option', { option: '--storage' }));
    return {
      settings: ofFile,
      parts: { ...parts, storage: read({ refusal: { path: '', code, values }, missing: nothing }) },
    };
  }
}

const unlooked = (why: Message): StorageParts => ({
  storage: unread(why),
  gate: unread(why),
  activePeople: unread(why),
});

async function partsOf(storage: Storage, settings: SourceSettings): Promise<StorageParts> {
  const missing = await lookAtStorage(storage);
  const isWhole = [missing.containers, missing.tables].every((names) => names.length === 0);
  const incomplete = unread(doctorMessage('check-unanswered', { status: 404 }));
  return {
    storage: read({ refusal: null, missing }),
    gate: isWhole ? await gateOf(storage, settings) : incomplete,
    activePeople: isWhole ? await activePeopleOf(storage, settings) : incomplete,
  };
}

/** The gate of the tenant that the job belongs to: the one that knows the job, or the only one. */
async function gateOf(storage: Storage, { job }: SourceSettings): Promise<TenantPicture['gate']> {
  const gates = await readGates(storage.table('gates'));
  const gate = gates.find((one) => one.jobOf(job) !== null) ?? (gates.length === 1 ? gates[0] : undefined);
  if (gate === undefined) return read({ callsInADay: 0, refusals: 0 });
  return read({ callsInADay: usedToday(gate.pace, Date.now()), refusals: gate.pace.strikes });
}

async function activePeopleOf(storage: Storage, { name }: SourceSettings): Promise<Part<number>> {
  const rosters = await lookAtRosters(
    {
      runs: azureRunTable(storage.table('runs')),
      rosters: azureRosterStore(storage.blobs.getContainerClient('rosters'), Math.random),
      sources: azureSourceStore(storage.blobs.getContainerClient('sources')),
    },
    name,
  );
  const [found] = rosters;
  if (found !== undefined && found.trouble !== null) return unread(doctorMessage('check-unreadable', {}));
  return read(found?.counts?.active ?? 0);
}
