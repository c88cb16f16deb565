// Breadth-first search over every state of protocol.mjs, scenario by scenario, two at a time. See README.md.
//   node explore.mjs [--scenario WORD] [--without RULE,RULE | --each-rule] [--faults crash=2,cut=1] [--deep] [--max STATES]
//   node explore.mjs --rules
import { Worker, isMainThread, parentPort, workerData } from 'node:worker_threads';
import { RULES, init, key, successors, atRest } from './protocol.mjs';

const AB = ['A', 'B'],
  A2 = { people: ['A'], val: 2 },
  AB2 = { people: AB, val: 2 };
const two = (second, faults, more) => ({
  runs: [null, { people: AB, val: 1 }, second],
  size: 2,
  events: [1, 1],
  faults,
  ...more,
});
/** One person; the values of each run in order. */
const one = (vals, faults, more) => ({
  runs: [null, ...vals.map((val, at) => ({ people: ['A'], val, ...(more?.ticks?.includes(at + 1) && { tick: 1 }) }))],
  size: 1,
  events: vals.map(() => 1),
  faults,
  ...more,
});
/**
 * Two runs are over: the request of the first was never answered and is still in the service, the second was sent, confirmed and repaired once.
 * A third repeats the second.
 */
function afterARepair(s) {
  const row = { w: 'done', t: 0, z: 0 };
  for (const r of [1, 2]) s.run[r] = { ...s.run[r], st: 'settled', blob: 1 };
  s.bat['1.1'] = { r: 1, st: 'settled', d: 1, rows: { A: { ...row, n: 0, v: 'superseded', un: 1, rep: 0 } } };
  s.bat['2.1'] = { r: 2, st: 'settled', d: 2, rows: { A: { ...row, n: 2, v: 'created', un: 0, rep: 1 } } };
  s.log = ['created', 'unchanged'].map((e) => ({ p: 'A', e, ep: 2, r: 2, vis: 1, x2: 0 }));
  s.ros = { in: '12', A: { r: 2, val: 2, c: 1 }, B: null };
  s.svc = ['1A'];
  s.ep.A = s.dir.A = 2;
  s.f = { ...s.f, late: s.f.late - 1 };
  Object.assign(s.g, { ok: { A: 1 << 2, B: 0 }, two: { A: 1, B: 0 } });
}
/** A file, a run of its dates, a newer file that says something else, and a run of dates in the place of which it must never be made. */
const dates = (faults, more) =>
  one([1, 2, 3, 2], { tick: 1, ...faults }, { events: [1, 0, 1, 0], ticks: [2, 4], ...more });
/** Each run may be parked, resumed and abandoned once in all: decisions of a person, which nothing waits for. */
const STOPS = { park: 1, resume: 1, abandon: 1 };
const SCENARIOS = {
  // the first run carries A and B with value 1; the second as named; size = people per batch; the smallest first
  'one run, processed too late twice': one([1], { late: 2 }),
  'three runs, an old request is late': one([1, 2, 2], { late: 1 }, { events: [0, 0, 1], start: afterARepair }),
  'one person, as the roster: two entries lost': one([1, 0], { lost: 2 }, { roster: 0 }),
  'changes: entry lost': two(A2, { lost: 1, twice: 1 }),
  'one person, as the roster: closed gate': one([1, 0], { closed: 1 }, { roster: 0, events: [1, 2] }),
  'changes: lost answer': two(A2, { cut: 1 }),
  'same content again, held: entry lost': two({ people: AB, val: 1 }, { lost: 1 }, { held: 2 }),
  'full file without B: crash': two({ people: ['A'], val: 2, full: true }, { crash: 1 }),
  'back to the roster: crash': two({ people: ['A'], val: 0 }, { crash: 1 }, { roster: 0 }),
  'changes: crash': two(A2, { crash: 1 }),
  'older run held': two(A2, { crash: 1 }, { held: 1 }),
  'one person, older run as the roster, held: crash': one([1, 2], { crash: 1 }, { roster: 1, held: 1 }),
  'one person, both runs as the roster: crash': one([0, 0], { crash: 1 }, { roster: 0, events: [1, 2] }),
  'one person, three runs': one([1, 0, 0], {}, { roster: 0 }),
  'one person, processed too late': one([1, 2], { late: 1 }),
  'one person, as the roster, processed too late': one([1, 0], { late: 1 }, { roster: 0 }),
  'one person, as the roster: job restarted': one([1, 0], { purge: 1, cut: 1 }, { roster: 0 }),
  'same content again: lost answer': two({ people: AB, val: 1 }, { cut: 1 }),
  'older export overwritten: crash': two(AB2, { crash: 1 }, { overwritten: 1 }),
  'one person, three runs: there and back': one([1, 2, 1], {}),
  'one person, the same again: job restarted, transient failure': one([1, 1], { fail: 1, purge: 1 }),
  'older run held, a newer row was rejected: crash': two(
    { people: ['B'], val: 2, rejected: ['A'] },
    { crash: 1 },
    { held: 1 },
  ),
  'newer run held: crash': two(AB2, { crash: 1 }, { held: 2 }),
  'both people: blob event duplicated': two(AB2, { dup: 1 }, { events: [1, 2] }),
  'changes: sender stalls': two(A2, { stall: 1, vis: 1 }),
  'changes: closed gate, duplicate message': two(A2, { closed: 1, dup: 1, vis: 1 }),
  'changes: forged message': two(A2, { forge: 1 }),
  'changes: job restarted': two(A2, { purge: 1 }),
  'changes: transient failure, entry twice': two(A2, { fail: 1, twice: 1, cut: 1 }),
  'full file: lost answer': two({ people: AB, val: 2, full: true }, { cut: 1 }),
  'full file: duplicate message': two({ people: AB, val: 2, full: true }, { dup: 1 }),
  'both people: batches of one': two(AB2, {}, { size: 1 }),
  'one person, parked: lost answer': one([1, 2], { ...STOPS, cut: 1 }),
  'one person, parked: crash': one([1, 2], { park: 1, abandon: 1, crash: 1 }),
  'one person, parked: transient failure, entry lost': one([1, 2], { park: 1, abandon: 1, fail: 1, lost: 1 }),
  'one person, as the roster, parked': one([1, 0], STOPS, { roster: 0 }),
  'changes: parked': two(A2, STOPS),
  'dates, and a newer file': dates({}),
  'dates, and a newer file that is held': dates({}, { held: 3 }),
  'dates, and a newer file: two ticks': dates({ tick: 2 }),
  'dates, and a newer file: crash': dates({ crash: 1 }),
  'dates, and a newer file: entry lost': dates({ lost: 1 }),
};
// The scenario in which each rule is missed first; --each-rule begins with it.
const MISSED_IN = {
  stagedFirst: 'changes: lost answer',
  overtakeFirst: 'changes: lost answer',
  releaseLook: 'changes: lost answer',
  waiting: 'changes: lost answer',
  unknownIsOpen: 'changes: lost answer',
  countEntries: 'changes: lost answer',
  fixedPacking: 'older export overwritten: crash',
  atomicSplit: 'older export overwritten: crash',
  fence: 'changes: closed gate, duplicate message',
  released: 'changes: forged message',
  lease: 'both people: blob event duplicated',
  ownEntries: 'changes: lost answer',
  distinct: 'changes: transient failure, entry twice',
  watermarkLast: 'changes: crash',
  repair: 'one person, processed too late',
  freshCompare: 'one person, as the roster: two entries lost',
  beyondRoster: 'one person, as the roster: two entries lost',
  unansweredIsSent: 'three runs, an old request is late',
  sameAtRelease: 'one person, three runs: there and back',
  newestDecides: 'one person, three runs: there and back',
  confirmedOnly: 'one person, the same again: job restarted, transient failure',
  pinnedRoster: 'one person, as the roster: two entries lost',
  decideAfterOvertaking: 'one person, as the roster: two entries lost',
  decideOnce: 'one person, as the roster: closed gate',
  everybodyStaged: 'one person, as the roster: two entries lost',
  unconfirmedIsSent: 'one person, as the roster: two entries lost',
  newerRunWins: 'one person, as the roster: two entries lost',
  rosterSwap: 'one person, as the roster: two entries lost',
  settleAfterRoster: 'changes: crash',
  lateEvidence: 'one run, processed too late twice',
  approvedAfresh: 'same content again, held: entry lost',
  contradicted: 'older run held, a newer row was rejected: crash',
  parkedIsOvertaken: 'one person, parked: lost answer',
  parkedIsLookedAt: 'one person, parked: lost answer',
  parkedIsOpen: 'one person, parked: lost answer',
  heldWasNeverSent: 'one person, parked: lost answer',
  tickWaits: 'dates, and a newer file',
  tickIsOlder: 'dates, and a newer file',
  lookThenRoster: 'dates, and a newer file',
  newestWord: 'dates, and a newer file',
  lookInSwap: 'dates, and a newer file',
};
const DEEP = {
  // some 10 minutes and 3 GB each
  'deep: two crashes': two(A2, { crash: 2 }),
  'deep: crash and lost answer': two(A2, { crash: 1, cut: 1, dup: 1 }),
  'deep: batches of one, crash': two(AB2, { crash: 1 }, { size: 1 }),
  'deep: event duplicated, crash': two(AB2, { crash: 1 }, { events: [1, 2] }),
  'deep: processed too late': two(A2, { late: 1 }),
  'deep: full file, lost answer, duplicate message': two({ people: AB, val: 2, full: true }, { cut: 1, dup: 1 }),
  'deep: batches of one, lost answer': two(AB2, { cut: 1 }, { size: 1 }),
  'deep: late and lost answer': two(A2, { late: 1, cut: 1 }),
  'deep: late and crash': two(A2, { late: 1, crash: 1 }),
  'deep: back to the roster, late and crash': one([1, 0], { late: 1, crash: 1 }, { roster: 0 }),
  'deep: three runs, parked': one([1, 2, 1], STOPS),
  'deep: three runs, crash': one([1, 0, 0], { crash: 1 }, { roster: 0 }),
};

function fingerprint(str) {
  // 53 bits of a state, as TLC does; two states in 10^6.5 share one with a chance below 10^-3
  let a = 0xdeadbeef,
    b = 0x41c6ce57;
  for (let i = 0; i < str.length; i++) {
    const c = str.charCodeAt(i);
    a = Math.imul(a ^ c, 2654435761);
    b = Math.imul(b ^ c, 1597334677);
  }
  a = Math.imul(a ^ (a >>> 16), 2246822507) ^ Math.imul(b ^ (b >>> 13), 3266489909);
  b = Math.imul(b ^ (b >>> 16), 2246822507) ^ Math.imul(a ^ (a >>> 13), 3266489909);
  return 4294967296 * (2097151 & b) + (a >>> 0);
}
function explore(name, sc, R, max) {
  const t0 = Date.now(),
    index = new Map(),
    parent = [-1],
    from = [],
    to = [],
    rest = [];
  const start = init(sc),
    id = (s) => index.get(fingerprint(key(s)));
  let level = [[0, start]],
    depth = 0,
    steps = 0;
  index.set(fingerprint(key(start)), 0);
  const says = (how, more = '') =>
    `${name}: ${how} · ${index.size} states, ${steps} steps, ${rest.length} at rest, depth ${depth}, ${((Date.now() - t0) / 1000).toFixed(1)} s${more}`;
  const story = (what, n, last) => {
    // from the start to state n, by replaying its ancestors
    const path = [];
    for (; n > 0; n = parent[n]) path.unshift(n);
    let s = start;
    const lines = path.map((want) => {
      const x = successors(s, sc, R).find((y) => id(y.s) === want);
      s = x.s;
      return x;
    });
    if (last) lines.push(last);
    return {
      ok: false,
      text: says(
        `VIOLATED ${what}`,
        lines.map((x, i) => `\n  ${i + 1}. ${x.label}${x.fault ? `   [${x.fault}]` : ''}`).join(''),
      ),
    };
  };
  while (level.length) {
    const next = [];
    for (const [n, s] of level) {
      let free = 0;
      for (const x of successors(s, sc, R)) {
        steps++;
        if (x.bad) return story(x.bad, n, x);
        const k = fingerprint(key(x.s));
        let m = index.get(k);
        if (m === undefined) {
          m = index.size;
          index.set(k, m);
          parent.push(n);
          next.push([m, x.s]);
        }
        if (!x.fault && m !== n) {
          free++;
          from.push(n);
          to.push(m);
        }
      }
      if (!free) {
        const bad = atRest(s, sc);
        if (bad) return story(bad, n);
        rest.push(n);
      }
    }
    level = next;
    depth++;
    if (index.size > max) return { ok: false, text: says('stopped, not finished (--max)') };
  }
  // I4: from every state rest can be reached without a further fault: walk backwards from the states at rest
  const first = new Int32Array(index.size + 1),
    back = new Int32Array(to.length),
    good = new Uint8Array(index.size),
    todo = [...rest];
  for (const m of to) first[m + 1]++;
  for (let i = 1; i < first.length; i++) first[i] += first[i - 1];
  const fill = first.slice();
  to.forEach((m, i) => {
    back[fill[m]++] = from[i];
  });
  for (const n of rest) good[n] = 1;
  while (todo.length) {
    const n = todo.pop();
    for (let i = first[n]; i < first[n + 1]; i++)
      if (!good[back[i]]) {
        good[back[i]] = 1;
        todo.push(back[i]);
      }
  }
  const stuck = good.indexOf(0);
  return stuck < 0 ? { ok: true, text: says('holds') } : story('I4: no way to rest from here', stuck);
}

const option = (name) => {
  const i = process.argv.indexOf(`--${name}`);
  return i < 0 ? '' : (process.argv[i + 1] ?? '');
};
const flag = (name) => process.argv.includes(`--${name}`);
const all = { ...SCENARIOS, ...DEEP };

/** Explores the scenarios two at a time, without the rules in `off`; then the first counter-example is enough. Resolves to how many fail. */
function exploreAll(names, off, faults, max) {
  const R = Object.fromEntries(Object.keys(RULES).map((rule) => [rule, !off.includes(rule)]));
  const memory = flag('deep') || option('scenario') ? 8000 : 2000;
  let at = 0,
    busy = 0,
    failed = 0;
  return new Promise((resolve) => {
    const go = () => {
      while (busy < 2 && at < names.length && !(off.length && failed)) {
        busy++;
        const worker = new Worker(new URL(import.meta.url), {
          workerData: { name: names[at++], R, faults, max },
          resourceLimits: { maxOldGenerationSizeMb: memory },
        });
        worker.on('message', ({ ok, text }) => {
          if (!(off.length && failed)) console.log(text);
          if (!ok) failed++;
        });
        worker.on('error', (error) => {
          console.error(error);
          failed++;
        });
        worker.on('exit', () => {
          busy--;
          go();
        });
      }
      if (!busy) resolve(failed);
    };
    go();
  });
}

async function main() {
  if (flag('rules')) return console.log(JSON.stringify(RULES, null, 2));
  const off = option('without').split(',').filter(Boolean);
  const unknown = off.find((rule) => !RULES[rule]);
  if (unknown) {
    console.error(`no rule "${unknown}"; the rules:`, RULES);
    process.exitCode = 2;
    return;
  }
  const budgets = option('faults')
    .split(',')
    .filter(Boolean)
    .map((one) => one.split('='));
  const faults = budgets.length > 0 && Object.fromEntries(budgets.map(([fault, n]) => [fault, Number(n)]));
  const names = Object.keys(all).filter((name) =>
    option('scenario') ? name.includes(option('scenario')) : flag('deep') || SCENARIOS[name],
  );
  const max = Number(option('max') || 8e6),
    t0 = Date.now();
  let failed = await exploreAll(names, off, faults, max);
  console.log(
    `${failed ? `${failed} of ${names.length} scenarios do not hold` : `all ${names.length} scenarios hold`}`,
  );
  if (flag('each-rule'))
    for (const rule of Object.keys(RULES)) {
      console.log(`\nwithout ${rule} (${RULES[rule]})`);
      const first = names.filter((name) => name === MISSED_IN[rule]);
      if (await exploreAll(first, [rule], faults, max)) continue;
      if (await exploreAll(names, [rule], faults, max)) continue;
      console.log(`no counter-example: the rule ${rule} is not needed`);
      failed++;
    }
  const memory = Math.round(process.resourceUsage().maxRSS / 1024);
  console.log(`${((Date.now() - t0) / 1000).toFixed(0)} s, ${memory} MB`);
  process.exitCode = failed ? 1 : 0;
}

if (isMainThread) await main();
else {
  const { name, R, faults, max } = workerData;
  parentPort.postMessage(explore(name, faults ? { ...all[name], faults } : all[name], R, max));
}
