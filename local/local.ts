// `npm run local`: the same machine for real work on this computer: takes the files of a folder, against the simulator or a loopback Graph.
import { Command } from 'commander';
import { mkdir } from 'node:fs/promises';
import { resolve } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { quote } from '../shared/core/message';
import type { HostEvent } from './host/host-log';
import { InboundFolder, putSources } from './inbound-folder';
import type { Machine } from './machine';
import { startMachine } from './machine';
import { summarize } from './run-summary';
import { reportFolder, saveReports } from './save-reports';
import { progressView, verdictTable } from './show-progress';
import { hasEnded, lookAtRuns } from './watch-runs';

interface Options {
  readonly graph?: string;
  readonly data?: string;
  readonly sources: string;
  readonly inbound: string;
  readonly reports: string;
  readonly untilSettled: boolean;
  readonly realTime: boolean;
  readonly json: boolean;
}

/** How often folders and tables are looked at, ms. */
const LOOK_EVERY_MS = 500;
const APP_DIR = resolve(__dirname, '..', '..');

/** Events of the functions that each mean one call of the service. */
const CALL_EVENTS = /"event":"rollcall\.deliver\.(sent|throttled|unanswered|split|halted)"/;

async function local(options: Options): Promise<number> {
  const tell = (line: string): void => {
    if (!options.json) process.stdout.write(`${line}\n`);
  };
  let calls = 0;
  const onEvent = (event: HostEvent): void => {
    if (event.event === 'log' && CALL_EVENTS.test(event.message)) calls++;
    if (event.level === 'error' || event.level === 'critical')
      process.stderr.write(`${event.event}: ${event.message}\n`);
  };
  await mkdir(options.reports, { recursive: true });
  const machine = await startMachine({
    appDir: APP_DIR,
    realTime: options.realTime,
    onEvent,
    ...(options.graph === undefined ? {} : { graphUrl: options.graph }),
    ...(options.data === undefined ? {} : { dataFolder: options.data }),
  });
  if (machine.wasCutOff)
    process.stderr.write(
      'The last machine on this folder did not end in order. What it had not saved in its last seconds is lost: look at the newest files.\n',
    );
  try {
    const sources = await putSources(machine.storage, options.sources);
    tell(
      `Sources: ${sources.join(', ') || 'none'}. Graph: ${machine.entra?.url ?? options.graph ?? ''}. Taking files from ${resolve(options.inbound)}.`,
    );
    await work(machine, options);
    const { runs } = await lookAtRuns(machine.storage);
    const summary = await summarize(machine.storage, runs, machine.entra?.stats().uploads.calls ?? calls, (run) =>
      reportFolder(resolve(options.reports), run),
    );
    if (options.json) process.stdout.write(`${JSON.stringify(summary)}\n`);
    for (const run of summary.runs)
      tell(
        `\n${run.source}/${run.file}: ${run.state}${run.reason ? ` (${run.reason.message})` : ''}\n${verdictTable(run.verdicts)}\n  reports: ${run.reports}`,
      );
    const violations = machine.entra?.stats().uploads.pace.violations ?? 0;
    const ended = runs.every((run) => hasEnded(run) && run.state !== 'parked');
    return summary.balanced && violations === 0 && ended ? 0 : 1;
  } finally {
    await machine.stop();
  }
}

/** Waits until everything is settled, or until Ctrl-C. */
async function work(machine: Machine, options: Options): Promise<void> {
  const inbound = new InboundFolder(machine.storage, options.inbound, (name) =>
    process.stderr.write(`"${quote(name).quote}" is not taken: its name has characters that storage cannot hold.\n`),
  );
  const view = options.json ? null : progressView(process.stderr.isTTY);
  const stopped = new AbortController();
  const stop = (): void => stopped.abort();
  process.once('SIGINT', stop).once('SIGTERM', stop);
  const saved = new Map<string, number>();
  // What an earlier machine on the same data has processed is there already.
  let expected = (await lookAtRuns(machine.storage)).runs.length;
  try {
    while (!stopped.signal.aborted) {
      expected += await inbound.take(!options.untilSettled);
      const progress = await lookAtRuns(machine.storage);
      view?.show(progress);
      for (const run of progress.runs) {
        if (!hasEnded(run) || saved.get(run.run) === run.settledAt) continue;
        await saveReports(machine.storage, run, options.reports);
        saved.set(run.run, run.settledAt);
      }
      if (options.untilSettled && progress.runs.length >= expected && progress.runs.every(hasEnded)) return;
      await sleep(LOOK_EVERY_MS, undefined, { signal: stopped.signal }).catch(() => undefined);
    }
  } finally {
    view?.end();
    process.removeListener('SIGINT', stop).removeListener('SIGTERM', stop);
  }
}

const command = new Command('local')
  .description(
    'Runs the connector on this computer: storage in memory or in a folder, the compiled functions, and the Entra simulator or any Graph on loopback.',
  )
  .option('--graph <url>', 'send to this Graph instead of a simulator of its own; loopback only')
  .option(
    '--data <folder>',
    'keep storage and simulator in this folder, for the next start; otherwise all is gone at the end',
  )
  .option('--sources <folder>', 'holds <name>/source.json', 'samples/sources')
  .option('--inbound <folder>', 'holds <name>/<file>; watched, or taken once with --until-settled', 'inbound')
  .option('--reports <folder>', 'where the reports go', 'reports')
  .option('--until-settled', 'end when every run is settled', false)
  .option('--real-time', "Azure's delays (reconcile every 5 minutes …) instead of seconds", false)
  .option('--json', 'print one JSON summary as the last line, nothing else', false)
  .addHelpText(
    'after',
    '\nExit codes:\n  0  every file is settled or held, and every row has its verdict\n  1  it is not so, or something could not be started',
  );

local(command.parse().opts<Options>())
  .then((code) => {
    process.exitCode = code;
  })
  .catch((error: unknown) => {
    process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
    process.exitCode = 1;
  });
