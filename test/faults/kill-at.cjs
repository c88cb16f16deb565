// Preloaded into a host (NODE_OPTIONS=--require): counts every call on a storage or Graph port by its name, and kills the process at one of
// them. The hooks are on the adapters' factories, so whatever is built on them later (the gate, the people indexes) is counted too.
//
//   ROLLCALL_TEST_CALLS  file that gets one line per call: its name
//   ROLLCALL_TEST_KILL   `name#nth:before` or `name#nth:after`: SIGKILL before the call is made, or when its answer is there
const { appendFileSync } = require('node:fs');
const Module = require('node:module');

const callsFile = process.env.ROLLCALL_TEST_CALLS;
const killAt = /^(?<name>.+)#(?<nth>\d+):(?<side>before|after)$/.exec(process.env.ROLLCALL_TEST_KILL ?? '')?.groups;

/** Adapter factories in the compiled product, with the names of their ports in `Pipeline`. Others keep their own name. */
const FACTORY = /^(azure[A-Z]\w*|graphTransport)$/;
const ADAPTER_FILE = /[\\/]dist[\\/]shared[\\/].*[\\/](azure-[^\\/]+|graph-transport)\.js$/;
const PORT_NAMES = {
  azureRunTable: 'runs',
  azureRunIndex: 'index',
  azureBatchTable: 'batches',
  azureRunFiles: 'files',
  azureExportStore: 'exports',
  azureUndeliveredStore: 'undelivered',
  azureSourceStore: 'sources',
  azureEvidenceStore: 'evidence',
  azureReportStore: 'reports',
  azureRosterStore: 'rosters',
  azureLogWatermark: 'watermark',
  azureCredentialNote: 'credential',
  azureGateTable: 'gates',
  azureJobOwners: 'owners',
  graphTransport: 'graph',
};
/** These make no call themselves: they return a writer for one file. The file's name is part of those of the first. */
const WRITERS = new Set(['files.write', 'reports.write']);
const ROSTER_WRITERS = new Set(['rosters.replace', 'rosters.writeDates', 'rosters.keepRecords']);

const seen = new Map();

function die() {
  process.kill(process.pid, 'SIGKILL');
  // The signal is on its way; nothing of ours may run before it arrives.
  for (;;);
}

function note(line) {
  if (callsFile) appendFileSync(callsFile, `${line}\n`);
}

/** Counts the call; resolves to whether the process dies after it. If it dies before the call, it dies here. */
function count(name) {
  const nth = (seen.get(name) ?? 0) + 1;
  seen.set(name, nth);
  note(name);
  const isIt = killAt?.name === name && Number(killAt.nth) === nth;
  if (isIt && killAt.side === 'before') die();
  return isIt;
}

async function* throughEnd(items, diesAfter) {
  yield* items;
  if (diesAfter) die();
}

function call(name, run) {
  const diesAfter = count(name);
  const result = run();
  if (typeof result?.then === 'function')
    return result.then(
      (value) => (diesAfter ? die() : value),
      (error) => {
        if (diesAfter) die();
        throw error;
      },
    );
  if (typeof result?.[Symbol.asyncIterator] === 'function') return throughEnd(result, diesAfter);
  // Not known to be a call or not: the test that reads the calls reports it.
  note(`! ${name}`);
  return result;
}

function wrap(port, target) {
  return new Proxy(target, {
    get(_, key) {
      const member = target[key];
      if (typeof member !== 'function') return member;
      const name = `${port}.${String(key)}`;
      if (ROSTER_WRITERS.has(name)) return (...args) => wrap(name, member.apply(target, args));
      if (name === 'files.writeWhole')
        return (run, file, ...rest) =>
          call(`${port}.${kindOf(file)}.writeWhole`, () => member.call(target, run, file, ...rest));
      if (WRITERS.has(name))
        return (run, file, ...rest) => wrap(`${port}.${kindOf(file)}`, member.call(target, run, file, ...rest));
      return (...args) => call(name, () => member.apply(target, args));
    },
  });
}

/**
 * Reports are named after their export: `people.csv.verdicts.csv` is `verdicts.csv`. Each attempt at a run names its files for itself:
 * `rows-1-2.jsonl` is `rows.jsonl`.
 */
const kindOf = (file) => file.replace(/^[^.]*\.(csv|json)\.(?=.)/, '').replace(/-\d+-\d+(?=\.\w+$)/, '');

const load = Module._load;
const hooked = new WeakSet();
Module._load = function (request, parent, isMain) {
  const exported = load.call(this, request, parent, isMain);
  if (typeof exported !== 'object' || exported === null || hooked.has(exported)) return exported;
  const factories = Object.keys(exported).filter((key) => FACTORY.test(key) && typeof exported[key] === 'function');
  if (factories.length === 0 || !ADAPTER_FILE.test(Module._resolveFilename(request, parent, isMain))) return exported;
  hooked.add(exported);
  for (const factory of factories) {
    const make = exported[factory];
    exported[factory] = (...args) => {
      // The two queues come from one factory.
      const port = factory === 'azureWorkQueue' ? args[0].name : (PORT_NAMES[factory] ?? factory);
      return wrap(port, make(...args));
    };
  }
  return exported;
};
