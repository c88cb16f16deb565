// `rollcall setup`: makes the provisioning job of a source in a tenant, or shows what it would make, or takes it back.
import { quote } from '../shared/core/message';
import type { SourceSettings } from '../shared/source/settings-schema';
import { planSetup, runSetup, undoSetup, type Confirm, type StepReport } from '../shared/tenant/run-setup';
import { SetupRecord, type SetupSubject } from '../shared/tenant/setup-record';
import type { SetupContext, SetupOrder } from '../shared/tenant/setup-step';
import { SETUP_STEPS } from '../shared/tenant/setup-steps';
import { graphOriginOf, signInToGraph, type GraphOptions, type SignedIn } from './graph-sign-in';
import { holdCommand, quotePath } from './local-file';
import { readUsableSource } from './read-source';
import { tellHolds, type Tell } from './run-on-state';
import { sentenceOf } from './sentences';
import { recordFile, recordPath, schemaBackups, sourceFile, sourcePath } from './setup-files';
import { appText, requestText, setupJson, stepText } from './setup-text';
import { exitCodes, plainText, type Terminal } from './terminal';

/** Options of the command. */
export interface SetupOptions extends GraphOptions {
  /** Folder of the source.json. */
  readonly source: string;
  readonly name: string | null;
  /** Null for that of the source. */
  readonly target: SourceSettings['job']['target'] | null;
  readonly notify: string | null;
  readonly identity: string | null;
  readonly threshold: number | null;
  readonly does: 'ask' | 'plan' | 'yes' | 'undo';
  readonly json: boolean;
}

/** Opens Graph for these permissions; another one in tests. */
export type OpenGraph = (
  options: GraphOptions,
  permissions: readonly string[],
  terminal: Terminal,
) => Promise<Pick<SignedIn, 'graph'>>;

/** What the steps need of whoever signs in. */
const READING = ['Application.Read.All', 'Synchronization.Read.All', 'LicenseAssignment.Read.All'] as const;
const WRITING = [
  'Application.ReadWrite.All',
  'Synchronization.ReadWrite.All',
  'AppRoleAssignment.ReadWrite.All',
  'LicenseAssignment.Read.All',
] as const;

/** Runs the command; resolves to its exit code. */
export const runSetupCommand = (
  options: SetupOptions,
  terminal: Terminal,
  open: OpenGraph = signInToGraph,
): Promise<number> =>
  tellHolds(options, terminal, async (tell) => {
    const isPlan =
      options.does === 'plan' || (options.does === 'ask' && (options.json || terminal.confirm === undefined));
    const { order, record } = options.does === 'undo' ? await orderOfRecord(options) : await orderOf(options);
    const { graph } = await open(options, isPlan ? READING : WRITING, terminal);
    const clock = { now: Date.now, sleep };
    const files = { record, source: sourceFile(options.source), backups: schemaBackups(options.source) };
    const context: SetupContext = { graph, clock, order, ...files, servicePrincipalId: null, jobId: null };
    if (options.does === 'undo') return undo(options, context, tell);
    const planned = await planSetup(SETUP_STEPS, context);
    // What cannot be done is told before anything is.
    if (isPlan || planned.some(({ state }) => state === 'failed')) return end(planned, options, context, tell);
    if (!options.json)
      await write(
        terminal,
        planned.flatMap((report) => [...stepText(report)]),
      );
    const reports = await runSetup(SETUP_STEPS, context, confirmBy(options, terminal));
    return end(reports, options, context, tell);
  });

const sleep = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms));

const write = async (terminal: Terminal, lines: readonly string[]): Promise<void> => {
  for (const line of lines) await terminal.err(`${plainText(line)}\n`);
};

const confirmBy =
  ({ does }: SetupOptions, terminal: Terminal): Confirm =>
  ({ step, what }) =>
    does === 'yes'
      ? Promise.resolve(true)
      : (terminal.confirm?.(`${step}: ${plainText(sentenceOf(what))}`) ?? Promise.resolve(false));

async function end(
  reports: readonly StepReport[],
  options: SetupOptions,
  context: SetupContext,
  tell: Tell,
): Promise<number> {
  const origin = graphOriginOf(options.graph);
  await tell(setupJson(reports, context), () => [
    ...reports.flatMap((report) => [...stepText(report)]),
    ...requestText(reports, origin),
    ...appText(reports, context),
  ]);
  return exitCodeOf(reports);
}

async function undo(options: SetupOptions, context: SetupContext, tell: Tell): Promise<number> {
  const reports = await undoSetup(SETUP_STEPS, context);
  await tell(setupJson(reports, { servicePrincipalId: null, jobId: null }), () =>
    reports.flatMap((report) => [...stepText(report)]),
  );
  return exitCodeOf(reports);
}

function exitCodeOf(reports: readonly StepReport[]): number {
  if (reports.some(({ state }) => state === 'failed')) return exitCodes.held;
  return reports.some(({ state }) => state === 'needs-other') ? exitCodes.findings : exitCodes.clean;
}

interface Ordered {
  readonly order: SetupOrder;
  readonly record: SetupRecord;
}

async function orderOf(options: SetupOptions): Promise<Ordered> {
  const { source, name, notify, identity, threshold } = options;
  if (name === null || notify === null || identity === null) {
    const named = { '--name': name, '--notify': notify, '--identity': identity };
    throw holdCommand('setup-incomplete', {
      missing: Object.keys(named).filter((option) => named[option as keyof typeof named] === null),
    });
  }
  const settings = await readUsableSource(sourcePath(source));
  const target = options.target ?? settings.job.target;
  const subject: SetupSubject = { graph: graphOriginOf(options.graph), name, target };
  const kept = await findRecord(source);
  if (kept !== null && !isSame(kept.subject, subject)) throw ofAnother(kept.subject);
  const record = kept ?? SetupRecord.begin(recordFile(source), subject);
  return { order: { name, target, notify, identity, threshold, settings }, record };
}

/** To take something back, the record says enough. */
async function orderOfRecord({ source, graph }: SetupOptions): Promise<Ordered> {
  const record = await findRecord(source);
  if (record === null) throw holdCommand('setup-made-nothing', { path: quotePath(recordPath(source)) });
  const { name, target, graph: origin } = record.subject;
  if (origin !== graphOriginOf(graph)) throw ofAnother(record.subject);
  const isTarget = target === 'entra' || target === 'active-directory';
  if (!isTarget) throw holdCommand('setup-record-damaged', { path: quotePath(recordPath(source)) });
  return { order: { name, target, notify: '', identity: '', threshold: null, settings: null }, record };
}

async function findRecord(source: string): Promise<SetupRecord | null> {
  const file = recordFile(source);
  try {
    const record = await SetupRecord.find(file);
    if (record !== null || (await file.read()) === null) return record;
  } catch (error) {
    if (!(error instanceof SyntaxError)) throw error;
  }
  throw holdCommand('setup-record-damaged', { path: quotePath(recordPath(source)) });
}

const isSame = (one: SetupSubject, other: SetupSubject): boolean =>
  one.graph === other.graph && one.name === other.name && one.target === other.target;

const ofAnother = ({ name, graph }: SetupSubject) =>
  holdCommand('setup-of-another', { name: quote(name), graph: quote(graph) });
