// The delivery protocol of docs/design.md as a state machine: every § without a page is a paragraph of
// that page. Every step is one storage call or one HTTP call, and a process may die between any
// two. `explore.mjs` visits every state. Each rule in RULES can be switched off: the design without that sentence, which
// gives a counter-example.

export const RULES = {
  stagedFirst: '§3 Order: a run is visible as `staged` before it looks at older runs, never after',
  overtakeFirst: '§3 Order: a run decides, packs and is released only after its overtaking is complete',
  releaseLook: '§3 Order: every release looks for newer runs, after its batch exists',
  waiting: '§3 Order: a person with an open delivery in an older run waits',
  unknownIsOpen:
    '§3 Order: a row whose delivery was recorded is open until its verdict is written, even if the answer was lost or the sender died',
  countEntries:
    '§3.9: a sent row is answered by as many entries as it had deliveries, or when the time of the last one is up',
  fixedPacking:
    '§3.6: which row is in which batch depends on the file and the decision alone; waiting rows are split off at release',
  atomicSplit: '§4: parent and child of a split change in one transaction (they share a partition)',
  fence: '§3.7: a message is good only for the delivery it names',
  released: '§3.7: a message is good only once a release has let this delivery go, whoever put it',
  lease: '§3.8: a message that meets `sending` completes; only the sweep takes over, when the sender must be dead',
  ownEntries: '§3.9: an entry belongs to the run that last delivered the person before it',
  distinct: '§3.9: an entry counts once, by its id, however often it is read',
  watermarkLast: '§3.9: the watermark moves after the evidence is written',
  repair:
    '§3 Order: a person with an unanswered older delivery gets the newest record once more after each entry that changed something',
  freshCompare:
    '§3 Order: a candidate (equal to the pinned roster) is `unchanged` only if no delivery of an older run is open or unknown to that roster',
  beyondRoster:
    '§3 Order: an older delivery that the pinned roster does not contain counts, even if it was answered long ago',
  unansweredIsSent:
    '§3 Order: whoever has an unanswered older delivery of another record is sent, even if it was repaired: only a sent row can be repaired again',
  sameAtRelease:
    '§3 Order: who is not a candidate is asked for once more at release: if an older run has confirmed exactly this record since, it is `unchanged`',
  newestDecides:
    '§3 Order: of the older runs that sent the person something, the newest alone says what is confirmed at release',
  confirmedOnly:
    '§3 Order: at release a record counts as confirmed only if each delivery of it by that run was answered, with a success',
  pinnedRoster:
    '§3 Order: candidates, and what the roster contains, are of one version, named in the commit of the users; a restart takes no newer one',
  decideAfterOvertaking:
    '§3 Order: who is `unchanged` is decided after overtaking, when no older delivery can begin any more',
  decideOnce: '§3 Order: who is `unchanged` is committed once; every attempt packs from what is committed',
  everybodyStaged: '§3 Order: a run carries its `unchanged` people too: their older records are stale',
  unconfirmedIsSent:
    '§3 Order: who was delivered without a success is in the roster as unconfirmed, and never a candidate',
  newerRunWins: '§3 Order: entries of the roster name their run; a merge leaves those of newer runs',
  rosterSwap: '§3 Order: the roster is written by compare-and-swap; a merge that lost reads again',
  settleAfterRoster: '§3 Order: a run shows `settled` after its rows are in the roster',
  lateEvidence: '§3 Order: late evidence reopens the run before it changes a row, so that the row is merged again',
  approvedAfresh: '§3.5: an approved run is compared with the roster of that moment',
  contradicted:
    '§3.5: a row of an approved run is superseded if a newer file has a row of the person that was rejected, or set aside',
  parkedIsOvertaken:
    '§3 Order: a newer run overtakes the unsent rows of a parked run too: a sender may be about to send them',
  parkedIsLookedAt: '§3 Order: rows of a parked run that a newer run carries are given up, though none is released',
  parkedIsOpen: '§3 Order: a delivery of a parked or abandoned run is open until its verdict, like any other',
  heldWasNeverSent: '§3 Order: abandoning holds a row only if it has no delivery; the others wait for their evidence',
  tickWaits: '§3 Order: no run of dates is made while a run of the source that is known has not ended',
  tickIsOlder: '§3 Order: its id is directly after that of the newest run that the look found, whatever the time is',
  lookThenRoster: '§3 Order: the tick looks at the runs first, and reads the dates of the roster after that',
  newestWord: '§3 Order: a run that settles after a newer one leaves the dates of people whom the newer one carries',
  lookInSwap: '§3 Order: whom newer runs carry is asked after each reading of the roster that is to be replaced',
};

// ── state ────────────────────────────────────────────────────────────────────────────────────────────────────────────
// run[r]  { st: '' checking staged sending settled held refused, stop: '' or who releases nothing more: p(arked) a(bandoned), ok: approved, pin: the roster it is compared with, blob: '' or the
//           roster named in the commit of its users (1: no matter any more), dec: '' or the people committed as unchanged ('-': nobody) }
// ros     the roster { in: runs it contains, A, B: null or { r: run, val, c: confirmed } }; its content stands for its ETag
// bat[id] { r, st: staged sending sent settled, d: delivery (the fence), rel: the delivery that was released last (kept only where messages
//           are forged: otherwise nobody else puts one), rows: { person: row } }
// row     { w: todo open done, n: deliveries that may have been accepted, v: verdict, un: one was never answered,
//           t: retries, z: resends after silence, rep: repairs }
//           in scenarios with a tick also w: the run whose dates of A it keeps, 0 for none
// q       messages { b, d, h: held by a receiver };   proc: intake, release, deliver, settle, tick, each with its program counter
// svc     accepted, unprocessed operations "run person";   dir: the directory (value per person)
// log     entries { p, e: effect, ep: ep[p] when it was processed, r: true origin (the protocol never reads it), vis: 0 not yet,
//           1 read by reconcile, 2 passed over, x2: read twice };   ep[p]: run of the latest noted delivery of p
// f       faults left;   g: known to the checker only (calls, successes as bits, two records at once, who must not be sent)
export const PEOPLE = ['A', 'B'];
const RANK = { created: 4, updated: 3, unchanged: 2, failed: 1 }; // §4: strongest effect
const LIVE = { staged: 1, sending: 1, settled: 1 };
/** A run of dates, made by a tick from the word of the file `tick`; its place is directly after the run before it. */
const isOfTick = (sc, r) => sc.runs[r]?.tick !== undefined;
const hasTicks = (sc) => sc.faults.tick !== undefined;
const runsOf = (sc) => sc.runs.map((_, r) => r).slice(1);

export function init(sc) {
  const run = { st: '', stop: '', ok: 0, pin: '', blob: '', dec: '' },
    held = sc.roster ?? null,
    known = held === null ? null : { r: 0, val: held, c: 1 };
  const s = {
    run: sc.runs.map(() => run),
    ros: { in: '', A: known, B: known, ...(hasTicks(sc) && { w: 0 }) },
    bat: {},
    q: [],
    gate: 1,
    proc: [],
    svc: [],
    log: [],
    dir: { A: held, B: held },
    ep: { A: 0, B: 0 },
    ev: [0, ...sc.events],
    f: sc.faults,
    g: { calls: {}, ok: { A: 0, B: 0 }, two: { A: 0, B: 0 }, same: '', not: '' },
  };
  sc.start?.(s);
  return s;
}
// A successor shares what it does not change: runs, messages, processes and entries are replaced, batches are copied by own().
const clone = (s) => ({
  ...s,
  run: [...s.run],
  bat: { ...s.bat },
  q: [...s.q],
  proc: [...s.proc],
  svc: [...s.svc],
  log: [...s.log],
  dir: { ...s.dir },
  ep: { ...s.ep },
  ev: [...s.ev],
  f: { ...s.f },
  g: { ...s.g, calls: { ...s.g.calls }, ok: { ...s.g.ok }, two: { ...s.g.two } },
});
const copy = (b) => {
  const rows = {};
  for (const p in b.rows) rows[p] = { ...b.rows[p] };
  return { ...b, rows };
};
const own = (t, id) => (t.bat[id] = copy(t.bat[id]));
const setRun = (t, r, change) => {
  t.run[r] = { ...t.run[r], ...change };
};
const rowKey = (w) => `${w.w}${w.n}${w.v}${w.un}${w.t}${w.z}${w.rep}`;
const batKey = (b) => {
  let k = b.st + b.d + (b.rel ? `r${b.rel}` : '');
  for (const p of PEOPLE) if (b.rows[p]) k += p + rowKey(b.rows[p]);
  return k;
};
const procKey = (p) =>
  `${p.k}${p.pc}${p.r}${p.b}${p.d}${p.at}${p.ans}${p.lost}${p.rows}${p.list}${p.no}${p.was}${p.dec}` +
  (p.k === 'tick' ? `${p.base}${p.w}` : '') +
  (p.not ?? '') +
  (p.plan ? Object.values(p.plan).join('/') : '') +
  (p.ros ? rosKey(p.ros) : '') +
  (p.told ? rosKey({ in: '', A: null, B: null, ...p.told }) : '');
const rosKey = (ros) =>
  typeof ros === 'object'
    ? PEOPLE.reduce((k, p) => k + p + (ros[p] ? `${ros[p].r}${ros[p].val}${ros[p].c}` : ''), `r${ros.in}${ros.w ?? ''}`)
    : ros;
export function key(s) {
  // canonical: equal states have one key, whatever order they were reached in
  let k = s.gate + s.svc.slice().sort().join() + s.ev.join('') + s.dir.A + s.dir.B + s.ep.A + s.ep.B;
  for (const r of s.run) k += `${r.st}${r.stop}${r.ok}${rosKey(r.pin)}/${rosKey(r.blob)}/${r.dec},`;
  k += rosKey(s.ros) + s.g.same + s.g.not;
  for (const id of Object.keys(s.bat).sort()) k += `|${id}${batKey(s.bat[id])}`;
  k += `#${s.q.map((m) => `${m.b}/${m.d}${m.h}`).sort()}#${s.proc.map(procKey).sort()}#${s.log.map((e) => e.p + e.e + e.ep + e.r + e.vis + e.x2).sort()}#`;
  for (const f in s.f) k += s.f[f];
  for (let r = 1; r < s.run.length; r++) for (const p of PEOPLE) k += s.g.calls[r + p] ?? 0;
  return k + s.g.ok.A + s.g.ok.B + s.g.two.A + s.g.two.B;
}

// ── what a process can see ───────────────────────────────────────────────────────────────────────────────────────────
export const carries = (sc, r, p) => sc.runs[r].full || sc.runs[r].people.includes(p); // a row, sent or not; a full file: everybody
const newerCarries = (s, sc, R, r, p) => {
  for (let k = r + 1; k < s.run.length; k++)
    if (LIVE[s.run[k].st] && carries(sc, k, p) && (R.everybodyStaged || !s.run[k].dec.includes(p))) return true;
  return false;
};
const entries = (s, R, r, p) =>
  s.log.filter(
    (e) =>
      e.vis === 1 && e.p === p && (R.ownEntries ? e.ep === r : e.ep >= r && rowsOf(s, r, p).some((w) => w.n || w.un)),
  );
const seen = (s, R, r, p) => entries(s, R, r, p).reduce((n, e) => n + 1 + e.x2, 0);
const best = (es) => es.reduce((v, e) => (RANK[e.e] > (RANK[v] ?? 0) ? e.e : v), '');
const rowsOf = (s, r, p) =>
  Object.values(s.bat)
    .filter((b) => b.r === r && b.rows[p])
    .map((b) => b.rows[p]);
const isOpen = (s, R, r, p) =>
  rowsOf(s, r, p).some((w) => (R.unknownIsOpen ? w.n > 0 && w.w !== 'done' : w.w === 'open')); // by the ledger, not by the log
const olderOpen = (s, R, r, p) => {
  for (let k = 1; k < r; k++) if ((R.parkedIsOpen || !s.run[k].stop) && isOpen(s, R, k, p)) return true;
  return false;
};
const olderUnanswered = (s, r, p) => {
  for (let k = 1; k < r; k++) if (rowsOf(s, k, p).some((w) => w.un)) return true;
  return false;
};
const delivered = (w) => w.n > 0 || w.un;
/** At release: what an older run has confirmed of the person since this one arrived. In the model all files arrive before anything is read. */
const confirmedSince = (s, sc, R, r, p) => {
  let found = false;
  for (let k = r - 1; k > 0; k--) {
    const rows = rowsOf(s, k, p).filter(delivered),
      isSame = sc.runs[k].val === sc.runs[r].val;
    if (R.unansweredIsSent && !isSame && rows.some((w) => w.un)) return false;
    if (!rows.length || found) continue;
    found = isSame && (!R.confirmedOnly || rows.every((w) => w.w === 'done' && RANK[w.v] > 1 && !w.un));
    if (!found && R.newestDecides) return false;
  }
  return found;
};
/** People whose rows in newer files were rejected or set aside, as an approved run finds them before it makes its batches. */
const contradicted = (s, sc, r) =>
  sc.runs[r].people.filter((p) => s.run.some((k, n) => n > r && LIVE[k.st] && sc.runs[n].rejected?.includes(p)));
/** §3.4: whose record is the one that the roster holds confirmed. */
const candidates = (sc, ros, r) => sc.runs[r].people.filter((p) => ros[p]?.c && ros[p].val === sc.runs[r].val);
function decision(s, sc, R, r) {
  // who of the candidates is `unchanged`, by the ledger as it is now
  const pinned = s.run[r].blob,
    contains = R.pinnedRoster ? pinned.in : s.ros.in;
  return candidates(sc, pinned, r).filter((p) => {
    if (!R.freshCompare) return true;
    for (let k = 1; k < r; k++) {
      if (isOpen(s, R, k, p)) return false;
      const rows = rowsOf(s, k, p),
        from = pinned[p].r;
      if (R.beyondRoster && !contains.includes(k) && rows.some(delivered)) return false;
      if ((R.unansweredIsSent ? sc.runs[k].val !== sc.runs[r].val : k > from) && rows.some((w) => w.un)) return false;
    }
    return true;
  });
}
/** What a run tells the roster, if its rows are as they are now; who was never delivered is left out. */
function told(s, sc, r) {
  const out = {};
  for (const p of sc.runs[r].people)
    for (const w of rowsOf(s, r, p))
      if (delivered(w)) out[p] = RANK[w.v] > 1 ? { r, val: sc.runs[r].val, c: 1 } : { r, val: '', c: 0 };
  return out;
}
function merged(sc, R, ros, r, news, not) {
  const out = { ...ros, in: [...new Set([...ros.in, String(r)])].sort().join('') };
  // A file's dates take the place of those before; what a run of dates has confirmed is done.
  if (hasTicks(sc)) {
    if (isOfTick(sc, r)) out.w = news.A?.c && out.w === sc.runs[r].tick ? 0 : out.w;
    else if (!not) out.w = r;
  }
  for (const p in news) {
    if (R.newerRunWins && out[p] && out[p].r > r) continue;
    if (news[p].c || R.unconfirmedIsSent) out[p] = news[p];
  }
  return out;
}
const withW = (b, w) => Object.keys(b.rows).filter((p) => b.rows[p].w === w);
const newRow = () => ({ w: 'todo', n: 0, v: '', un: 0, t: 0, z: 0, rep: 0 });
const close = (b) => {
  b.st = withW(b, 'todo').length ? 'staged' : withW(b, 'open').length ? 'sent' : 'settled';
};
function split(t, id, people, keep) {
  // §4 `split`: the rows go on in a batch whose id follows from its parent
  const b = t.bat[id],
    child = { r: b.r, st: 'staged', d: 1, rows: {} };
  for (const p of people) {
    child.rows[p] = { ...b.rows[p] };
    if (!keep) delete b.rows[p];
  }
  t.bat[`${id}.${people.join('')}${b.d}`] ??= child;
}
function packing(s, sc, R, r, unchanged) {
  // §3.6; without fixedPacking: people in flight in batches of their own
  const people = sc.runs[r].people.filter((p) => !unchanged.includes(p)),
    wait = R.fixedPacking ? [] : people.filter((p) => olderOpen(s, R, r, p)),
    out = [];
  for (const group of [people.filter((p) => !wait.includes(p)), wait])
    for (let i = 0; i < group.length; i += sc.size) out.push(group.slice(i, i + sc.size));
  return out;
}

// ── actions: emit(label, fault, change); `fault` names the budget that the step spends, '' is a step of protocol or service ──
export function successors(s, sc, R) {
  const out = [];
  const emit = (label, fault, change) => {
    if (fault && !s.f[fault]) return;
    const t = clone(s);
    if (fault) t.f[fault]--;
    out.push({ label, fault, bad: change(t) || '', s: t });
  };
  intakeDoor(s, sc, R, emit);
  tickDoor(s, emit);
  s.proc.forEach((p, i) =>
    ({ intake, release, deliver, settle, tick })[p.k](s, sc, R, p, i, emit, (t) => {
      t.proc.splice(i, 1);
    }),
  );
  releaseDoor(s, sc, R, emit);
  forge(s, emit);
  deliverDoor(s, sc, emit);
  for (const id in s.bat) reconcile(s, sc, R, id, emit);
  settleDoor(s, sc, R, emit);
  service(s, sc, R, emit);
  if (!s.gate)
    emit('gate opens', '', (t) => {
      t.gate = 1;
    }); // §3.7, §7.5
  return out;
}
const live = (s, k) => s.proc.filter((p) => p.k === k).length;

// ── intake (§3.1–6, Order) ───────────────────────────────────────────────────────────────────────────────────────────
function intakeDoor(s, sc, R, emit) {
  // §3.1: a message of `arrivals` (from a door, maybe twice), or the sweep, which misses a heartbeat, or the receipt
  for (const r of runsOf(sc)) {
    const { st } = s.run[r],
      busy = s.proc.some((p) => p.k === 'intake' && p.r === r);
    const begin = (t) => {
      // §7.10: the run's entity is inserted once
      if (st === '') setRun(t, r, { st: 'checking' });
      if (st === '' || st === 'checking') t.proc.push({ k: 'intake', r, pc: 'pin' });
      if (st === 'staged') t.proc.push({ k: 'intake', r, pc: 'stage' });
    };
    if (live(s, 'intake') < 2) {
      if (s.ev[r])
        emit(`intake of run ${r} starts`, '', (t) => {
          t.ev[r]--;
          begin(t);
        });
      else if (!busy && (st === 'checking' || st === 'staged'))
        emit(`sweep starts intake of run ${r} again`, '', begin);
    }
    if (st === 'staged' || st === 'sending') {
      // Decisions of a person: nothing waits for them, so rest is without them.
      const { stop } = s.run[r];
      const decide = (words, budget, next) =>
        emit(`a person ${words} run ${r}`, budget, (t) => setRun(t, r, { stop: next }));
      if (stop === '') decide('parks', 'park', 'p');
      if (stop === 'p') decide('resumes', 'resume', '');
      if (stop !== 'a') decide('abandons', 'abandon', 'a');
    }
    if (st === 'held') {
      // §4: held → checking (approved) | refused
      emit(`a person approves run ${r}`, '', (t) => {
        setRun(t, r, { ok: 1, st: 'checking', ...(R.approvedAfresh && { pin: '' }) });
        const known = s.run.slice(1, r).every((k) => k.st === 'settled' || k.st === 'refused');
        if (known)
          t.g.same = candidates(sc, s.ros, r)
            .map((p) => r + p)
            .join();
        t.g.not = contradicted(s, sc, r)
          .map((p) => r + p)
          .join();
      });
      emit(`held run ${r} expires or is replaced`, '', (t) => setRun(t, r, { st: 'refused' }));
    }
  }
}
function intake(s, sc, R, p, i, emit, drop) {
  const { r } = p,
    me = `intake ${r}`,
    run = s.run[r],
    to = (t, pc, more) => {
      t.proc[i] = { k: 'intake', r, pc, ...more };
    };
  const insert = (t, unchanged) => {
    const list = packing(s, sc, R, r, unchanged).map((x) => x.join(''));
    const no = run.ok && R.contradicted ? contradicted(s, sc, r).join('') : '';
    if (list.length) to(t, 'insert', { list, at: 1, no });
    else packed(t);
  };
  const packed = (t) => to(t, R.overtakeFirst ? 'go' : 'scan');
  // What follows the overtaking: nothing to decide if the committed users have no candidates, or the decision was committed before.
  const decide = (t) => {
    const { blob, dec } = t.run[r],
      open = typeof blob === 'object' && !(dec && R.decideOnce);
    if (open) to(t, 'look');
    else if (R.decideAfterOvertaking) insert(t, dec);
    else to(t, 'scan');
  };
  const staged = (t) => {
    if (!R.overtakeFirst || !R.decideAfterOvertaking) decide(t);
    else if (R.stagedFirst) to(t, 'scan');
    else decide(t);
  };
  emit(`${me} dies before "${p.pc}"`, 'crash', drop);
  if (p.pc === 'pin')
    emit(`${me}: pins the roster`, '', (t) => {
      // §3.5: the first attempt chooses, the others take the same
      const ros = run.pin || s.ros;
      if (run.st === 'checking') setRun(t, r, { pin: ros });
      to(t, 'commit', { ros });
    });
  if (p.pc === 'commit') {
    // §3.5: guard, then Put Block List with If-None-Match
    const end = (st) => (t) => {
      if (run.st === 'checking') setRun(t, r, { st });
      drop(t);
    };
    if (sc.held === r && !run.ok) return emit(`${me}: the guard holds the run`, '', end('held'));
    if (sc.overwritten === r && !run.blob) emit(`${me}: the pinned export is gone, run refused`, '', end('refused'));
    // With the rows and the packing of this attempt: they lie under names of its own, and the commit says whose they are.
    emit(`${me}: users committed`, '', (t) => {
      if (!run.blob) setRun(t, r, { blob: candidates(sc, p.ros, r).length ? p.ros : 1 });
      to(t, R.stagedFirst ? 'stage' : 'scan');
    });
  }
  if (p.pc === 'stage')
    emit(`${me}: run ${r} is staged`, '', (t) => {
      // from here on older records of its people are stale
      if (run.st === 'checking') setRun(t, r, { st: 'staged', pin: '' });
      if (run.st !== 'checking' && run.st !== 'staged') drop(t);
      else staged(t);
    });
  if (p.pc === 'insert') {
    // §3.6: one insert per batch; one that exists is left as it is
    const [people, ...list] = p.list,
      id = `${r}.${p.at}`;
    emit(`${me}: batch ${id} {${people}} inserted`, '', (t) => {
      if (!t.bat[id]) {
        const b = (t.bat[id] = { r, d: 1, rows: {} });
        for (const q of people) b.rows[q] = { ...newRow(), ...(p.no.includes(q) && { w: 'done', v: 'superseded' }) };
        close(b);
      }
      if (list.length) to(t, 'insert', { list, at: p.at + 1, no: p.no });
      else packed(t);
    });
  }
  const after = (t, list) => {
    if (list.length) to(t, 'pass', { list });
    else if (!R.overtakeFirst) to(t, 'go');
    else if (!R.decideAfterOvertaking) insert(t, run.dec);
    else if (R.stagedFirst) decide(t);
    else to(t, 'stage');
  };
  if (p.pc === 'scan')
    emit(`${me}: lists unsent batches of older runs`, '', (t) =>
      // §3 Order
      after(
        t,
        Object.keys(s.bat)
          .filter((id) => s.bat[id].r < r && s.bat[id].st === 'staged')
          .filter((id) => R.parkedIsOvertaken || !s.run[s.bat[id].r].stop)
          .sort(),
      ),
    );
  if (p.pc === 'pass')
    emit(`${me}: rows of ${p.list[0]} that run ${r} carries are superseded`, '', (t) => {
      const b = own(t, p.list[0]);
      if (b.st === 'staged') {
        for (const q of withW(b, 'todo')) if (carries(sc, r, q)) giveUp(R, b, q);
        close(b);
      }
      after(t, p.list.slice(1));
    });
  if (p.pc === 'look') {
    const dec = decision(s, sc, R, r).join('') || '-';
    emit(`${me}: looks at older deliveries of its candidates, unchanged: ${dec}`, '', (t) => to(t, 'decide', { dec }));
  }
  if (p.pc === 'decide')
    emit(`${me}: commits who is unchanged: ${p.dec}`, '', (t) => {
      // §3 Order: If-None-Match; whoever comes second packs what the first committed
      const dec = (R.decideOnce && run.dec) || p.dec;
      setRun(t, r, { dec, ...(R.decideOnce && { blob: 1 }) });
      if (R.decideAfterOvertaking) insert(t, dec);
      else to(t, 'scan');
    });
  if (p.pc === 'go')
    emit(`${me}: run ${r} may be sent`, '', (t) => {
      if (run.st === 'staged') setRun(t, r, { st: 'sending' });
      drop(t);
    });
}
function giveUp(R, b, p) {
  // a newer run carries p: superseded, unless an earlier delivery may still be on its way
  const row = b.rows[p];
  if (R.unknownIsOpen && row.n > 0)
    row.w = 'open'; // reconcile decides it
  else {
    row.w = 'done';
    if (!(RANK[row.v] > 1)) row.v = 'superseded';
  }
}

// ── the day comes without a file (§3): a tick of the timer makes a run of what the roster keeps; two ticks may be at work ───────────────
function tickDoor(s, emit) {
  // Nothing waits for a tick, so rest is without it.
  if (live(s, 'tick') < 2)
    emit('the day has come: a tick begins', 'tick', (t) => {
      t.proc.push({ k: 'tick', pc: 'begin' });
    });
}
const ENDED = { settled: 1, refused: 1 };
function tick(s, sc, R, p, i, emit, drop) {
  const known = runsOf(sc).filter((r) => s.run[r].st !== ''),
    base = known.at(-1) ?? 0,
    busy = known.some((r) => !ENDED[s.run[r].st]);
  const look = (t) => {
    if (busy && R.tickWaits) drop(t);
    else t.proc[i] = { ...t.proc[i], base };
  };
  const read = (t) => {
    if (s.ros.w === 0) drop(t);
    else t.proc[i] = { ...t.proc[i], w: s.ros.w };
  };
  const next = (pc, step) => (t) => {
    t.proc[i] = { ...p, pc };
    step(t);
  };
  const words = { look: 'looks at the runs', read: 'reads the dates of the roster' };
  const steps = R.lookThenRoster ? { look, read } : { read, look };
  const [[first, a], [second, b]] = Object.entries(steps);
  emit(`tick dies before "${p.pc}"`, 'crash', drop);
  if (p.pc === 'begin') emit(`tick ${words[first]}`, '', next('second', a));
  if (p.pc === 'second') emit(`tick ${words[second]}`, '', next('make', b));
  if (p.pc === 'make') {
    const places = runsOf(sc).filter((r) => isOfTick(sc, r)),
      r = R.tickIsOlder ? p.base + 1 : places.at(-1);
    if (!isOfTick(sc, r) || sc.runs[r].tick !== p.w) return emit('tick finds nobody whose day it is', '', drop);
    emit(`tick makes run ${r} of the dates of run ${p.w}`, '', (t) => {
      // §7.10: inserted once; the sweep finds it if its arrival is lost
      if (s.run[r].st === '') setRun(t, r, { st: 'checking' });
      drop(t);
      const counts = (k) => !isOfTick(sc, k) && s.run[k].st !== 'refused' && carries(sc, k, 'A');
      const newer = runsOf(sc).find((k) => k > p.w && k < r && counts(k));
      return newer === undefined ? '' : `I9: the dates of run ${p.w} overrule run ${newer}, which is newer`;
    });
  }
}

/** Messages that nobody released: then a release marks its batch before it puts one. */
const isForged = (sc) => sc.faults.forge !== undefined;
function forge(s, emit) {
  for (const id in s.bat) {
    const { st, d } = s.bat[id];
    if (st === 'staged')
      emit(`somebody else puts message ${id}/${d}`, 'forge', (t) => {
        t.q.push({ b: id, d, h: 0 });
      });
  }
}

// ── release (§3.7, Order): every finished delivery and the sweep call it; a closed gate releases nothing ─────────────────
function look(s, sc, R, b) {
  const plan = { go: [], wait: [], stale: [], same: [] };
  const of = (p) => {
    if (R.releaseLook && newerCarries(s, sc, R, b.r, p)) return 'stale';
    if (R.waiting && olderOpen(s, R, b.r, p)) return 'wait';
    return R.sameAtRelease && !delivered(b.rows[p]) && confirmedSince(s, sc, R, b.r, p) ? 'same' : 'go';
  };
  for (const p of withW(b, 'todo')) plan[of(p)].push(p);
  return plan;
}
function releaseDoor(s, sc, R, emit) {
  if (!s.gate || live(s, 'release')) return;
  for (const id in s.bat) {
    const b = s.bat[id],
      { st } = s.run[b.r];
    if (s.run[b.r].stop || b.st !== 'staged' || !(st === 'sending' || (st === 'staged' && !R.overtakeFirst))) continue;
    if (s.q.some((m) => m.b === id && m.d === b.d) || s.proc.some((p) => p.b === id && p.d === b.d)) continue;
    const plan = look(s, sc, R, b),
      words = Object.entries(plan).filter(([, v]) => v.length);
    if (words.every(([k]) => k === 'wait')) continue;
    const put = !isForged(sc) && plan.go.length === withW(b, 'todo').length;
    emit(`release looks at ${id}: ${words.map(([k, v]) => `${k} {${v}}`).join(' ')}`, '', (t) => {
      t.proc.push({ k: 'release', b: id, d: b.d, ...(put ? { pc: 'put' } : { pc: 'mark', plan, was: batKey(b) }) });
    });
  }
}
function release(s, sc, R, p, i, emit, drop) {
  const { plan } = p,
    put = (t) => {
      if (plan.go.length) t.proc[i] = { k: 'release', b: p.b, d: p.d, pc: 'put' };
      else drop(t);
    };
  emit(`release of ${p.b} dies before "${p.pc}"`, 'crash', drop);
  if (p.pc === 'mark')
    emit(`release marks ${p.b}`, '', (t) => {
      // compare-and-swap: nothing if the batch changed since the look
      if (batKey(s.bat[p.b]) !== p.was) return drop(t);
      const b = own(t, p.b),
        parts = plan.go.length && plan.wait.length;
      if (parts && !R.atomicSplit) {
        split(t, p.b, plan.wait, true);
        t.proc[i] = { ...p, pc: 'parent', was: '' };
        return;
      }
      if (isForged(sc)) b.rel = plan.go.length ? b.d : 0;
      for (const q of plan.stale) giveUp(R, b, q);
      for (const q of plan.same) b.rows[q] = { ...b.rows[q], w: 'done', v: 'unchanged' };
      if (parts) split(t, p.b, plan.wait);
      close(b);
      put(t);
    });
  if (p.pc === 'parent')
    emit(`release takes {${plan.wait}} out of ${p.b}`, '', (t) => {
      const b = own(t, p.b);
      for (const q of plan.wait) delete b.rows[q];
      close(b);
      put(t);
    });
  if (p.pc === 'put')
    for (const twice of [0, 1])
      emit(`message ${p.b}/${p.d} is put${twice ? ', and delivered twice' : ''}`, twice ? 'dup' : '', (t) => {
        for (let n = 0; n <= twice; n++) t.q.push({ b: p.b, d: p.d, h: 0 });
        drop(t);
      });
}

// ── deliver (§3.8) ───────────────────────────────────────────────────────────────────────────────────────────────────
function deliverDoor(s, sc, emit) {
  const got = {};
  s.q.forEach((m, i) => {
    if (m.h)
      return emit(`message ${m.b}/${m.d} becomes visible while its sender works`, 'vis', (t) => {
        t.q[i] = { ...m, h: 0 };
        const k = t.proc.findIndex((p) => p.k === 'deliver' && p.b === m.b && p.d === m.d && !p.lost);
        if (k >= 0) t.proc[k] = { ...t.proc[k], lost: 1 };
      });
    if (live(s, 'deliver') >= 2 || got[m.b + m.d]) return;
    got[m.b + m.d] = 1;
    emit(`sender takes message ${m.b}/${m.d}`, '', (t) => {
      t.q[i] = { ...m, h: 1 };
      t.proc.push({ k: 'deliver', b: m.b, d: m.d, pc: 'note' });
    });
  });
}
function deliver(s, sc, R, p, i, emit, drop) {
  const b = s.bat[p.b],
    me = `sender of ${p.b}/${p.d}`,
    to = (t, pc, more) => {
      t.proc[i] = { ...p, pc, ...more };
    };
  const letGo = (t, complete) => {
    // its message is deleted, or visible again; nothing if it was lost to another receiver
    const k = p.lost ? -1 : t.q.findIndex((m) => m.h && m.b === p.b && m.d === p.d);
    if (k >= 0 && complete) t.q.splice(k, 1);
    else if (k >= 0) t.q[k] = { ...t.q[k], h: 0 };
    drop(t);
  };
  emit(`${me} dies before "${p.pc}"`, 'crash', (t) => letGo(t, false));
  if (p.pc === 'note') {
    const isReleased = !isForged(sc) || b.rel === b.d || !R.released,
      ready = b.st === 'staged' && (b.d === p.d || !R.fence) && isReleased,
      takeover = !R.lease && b.st === 'sending' && b.d === p.d;
    if (!s.gate) emit(`${me} meets a closed gate, the message completes`, '', (t) => letGo(t, true));
    else if (!ready && !takeover)
      emit(`${me} finds the batch ${b.st}/${b.d}, the message completes`, '', (t) => letGo(t, true));
    else
      emit(`${me} notes sending`, '', (t) => {
        // before the call, with the time: here the row's deliveries are counted
        const x = own(t, p.b),
          rows = withW(x, takeover ? 'open' : 'todo');
        if (takeover) x.d++;
        x.st = 'sending';
        for (const q of rows) {
          x.rows[q].w = 'open';
          x.rows[q].n++;
          t.ep[q] = b.r;
          if (s.svc.some((o) => o[1] === q && +o[0] !== b.r)) t.g.two[q] = 1;
        }
        to(t, 'call', { at: x.d, rows });
      });
  }
  if (p.pc === 'call') {
    const answer = (words, fault, ans, accepted) =>
      emit(`${me}: POST {${p.rows}} ${words}`, fault, (t) => {
        to(t, 'record', { ans });
        if (ans === '429') t.gate = 0;
        if (accepted) return accept(s, sc, R, b, p.rows, t);
      });
    answer('→ 202', '', '202', true);
    answer('is accepted, the 202 is lost', 'cut', 'cut', true);
    answer('never arrives, connection cut', 'cut', 'cut', false);
    answer('→ 429, the gate closes', 'closed', '429', false);
  }
  if (p.pc === 'record')
    emit(`${me} records ${p.ans}`, '', (t) => {
      const x = own(t, p.b);
      if (x.st === 'sending' && x.d === p.at) {
        // a sender that was taken over changes nothing
        if (p.ans === '202') x.st = 'sent';
        else {
          x.d++;
          for (const q of p.rows) {
            x.rows[q].w = 'todo';
            if (p.ans === '429') x.rows[q].n--;
          }
          close(x);
        }
      }
      to(t, 'done');
    });
  if (p.pc === 'done') emit(`${me} completes its message`, '', (t) => letGo(t, true));
}
function accept(s, sc, R, { r }, rows, t) {
  // the service takes the request; I3, I5 and I6 are checked here
  const { st, blob } = s.run[r],
    used = (...ks) => ks.reduce((n, k) => n + (sc.faults[k] ?? 0) - (t.f[k] ?? 0), 0);
  let bad =
    blob !== '' && (st === 'sending' || (st === 'staged' && !R.overtakeFirst))
      ? ''
      : `I3: run ${r} is "${st}" and is sent`;
  for (const q of rows) {
    if (s.svc.some((o) => o[1] === q && +o[0] !== r)) {
      t.g.two[q] = 1;
      if (!used('late')) bad ||= `I6: ${q} is in two unprocessed requests with different records`;
    }
    t.svc.push(r + q);
    const calls = (t.g.calls[r + q] = (t.g.calls[r + q] ?? 0) + 1);
    if (s.g.same.includes(r + q))
      bad ||= `I5: ${q} of run ${r} is sent, and the roster held that record when the run was approved`;
    if (s.g.not.includes(r + q))
      bad ||= `I3: ${q} of run ${r} is sent, and a newer file had a row of ${q} that was rejected when the run was approved`;
    const last = newest(s.g.ok[q] & ((1 << r) - 1));
    if (
      last &&
      sc.runs[last].val === sc.runs[r].val &&
      s.dir[q] === sc.runs[r].val &&
      Object.keys(sc.faults).every((k) => k === 'tick' || !used(k))
    )
      bad ||= `I5: ${q} of run ${r} is sent, run ${last} has had that record confirmed, and nothing went wrong`;
    if (calls > 1 + used('crash', 'cut', 'lost', 'purge', 'fail', 'stall', 'late', 'late', 'late'))
      bad ||= `I5: ${q} of run ${r} is sent ${calls} times`;
  }
  return bad;
}

// ── reconcile and sweep (§3.9): one compare-and-swap per batch, so a crash between two batches is the same as "not yet" ──
function reconcile(s, sc, R, id, emit) {
  const b = s.bat[id],
    people = Object.keys(b.rows),
    { r } = b,
    sender = (...pcs) => s.proc.some((p) => p.k === 'deliver' && p.b === id && pcs.includes(p.pc));
  if (b.st === 'sending') {
    const alive = s.proc.some((p) => p.k === 'deliver' && p.b === id && p.at === b.d && p.pc !== 'done');
    emit(`sweep takes ${id} over${alive ? ' from a sender that still works' : ''}`, alive ? 'stall' : '', (t) => {
      const x = own(t, id);
      x.d++;
      for (const q of withW(x, 'open')) x.rows[q].w = 'todo';
      close(x);
    });
  }
  if (s.run[r].stop && b.st === 'staged') stopped(s, sc, R, id, emit);
  if (b.st !== 'sent' && b.st !== 'settled') return;
  if (s.proc.some((p) => p.k === 'settle' && p.r === r)) return; // one tick does both, in this order
  const judged = copy(b),
    news = people.filter((q) => judge(s, sc, R, judged, q)).length;
  const reopens = (why) => emit(`run ${r} is open again: ${why}`, '', (t) => setRun(t, r, { st: 'sending' }));
  if (news && s.run[r].st === 'settled' && R.lateEvidence) return reopens('late evidence');
  if (news)
    return emit(`reconcile judges ${id}`, '', (t) => {
      t.bat[id] = judged;
      goOn(t, id);
    });
  if (b.st === 'sent') {
    // the time is up: in good order only when nothing is on its way any more
    const waits = withW(b, 'open'),
      early =
        sender('call') ||
        waits.some((q) => s.svc.includes(r + q) || s.log.some((e) => !e.vis && e.p === q && e.r === r));
    emit(`time is up for {${waits}} of ${id}${early ? ', but it is only late' : ''}`, early ? 'late' : '', (t) => {
      const x = own(t, id);
      for (const q of waits) {
        const w = x.rows[q],
          n = seen(s, R, r, q);
        if (w.n > n) {
          w.un = 1;
          w.n = n;
        }
        decide(s, sc, R, x, q, n > 0);
      }
      goOn(t, id);
    });
  }
  if (b.st === 'settled' && R.repair && s.run[r].stop !== 'a')
    for (const q of people) {
      // §3 Order, the repair; also in a settled run
      const row = b.rows[q],
        n = seen(s, R, r, q),
        changes = entries(s, R, r, q).filter((e) => RANK[e.e] > 2).length;
      if (changes <= row.rep || newerCarries(s, sc, R, r, q) || !olderUnanswered(s, r, q)) continue;
      if (s.run[r].st === 'settled') return reopens('a repair');
      else
        emit(`repair: the newest record of ${q} (run ${r}) once more`, '', (t) => {
          const x = own(t, id),
            w = x.rows[q];
          w.rep++;
          w.n = Math.max(w.n, n);
          w.w = 'todo';
          x.d++;
          close(x);
        });
    }
}
/** The sweep: rows of a parked run that a newer one carries are given up; of an abandoned run nothing is left to send. */
function stopped(s, sc, R, id, emit) {
  const { r } = s.bat[id],
    todo = withW(s.bat[id], 'todo');
  if (s.run[r].stop === 'a')
    return emit(`rows of ${id} that were never sent are held: run ${r} is abandoned`, '', (t) => {
      const x = own(t, id);
      x.d++;
      for (const q of todo) {
        const w = x.rows[q];
        if (w.n > 0 && R.heldWasNeverSent) w.w = 'open';
        else {
          w.w = 'done';
          if (!(RANK[w.v] > 1)) w.v = w.un && R.heldWasNeverSent ? 'not-seen' : 'held';
        }
      }
      close(x);
    });
  const stale = todo.filter((q) => newerCarries(s, sc, R, r, q));
  if (stale.length && R.parkedIsLookedAt)
    emit(`rows {${stale}} of ${id} are given up: run ${r} is parked, and a newer one carries them`, '', (t) => {
      const x = own(t, id);
      for (const q of stale) giveUp(R, x, q);
      close(x);
    });
}
/** What was read is judged before the tick settles. */
const hasNews = (s, sc, R, b) => Object.keys(b.rows).some((p) => judge(s, sc, R, copy(b), p));
function judge(s, sc, R, b, p) {
  // entries → verdict; true if something changed
  const row = b.rows[p],
    es = entries(s, R, b.r, p),
    n = seen(s, R, b.r, p),
    v = best(es),
    was = rowKey(row);
  if (RANK[v] > 1 && RANK[v] > (RANK[row.v] ?? 0)) row.v = v; // strongest effect; late evidence changes verdicts
  if (row.w === 'open' && (R.countEntries ? n >= row.n : n > 0)) decide(s, sc, R, b, p, v === 'failed');
  return rowKey(row) !== was;
}
function decide(s, sc, R, b, p, failed) {
  // a row that waits for nothing any more
  const row = b.rows[p],
    isFinal = s.run[b.r].stop === 'a';
  if (RANK[row.v] > 1) row.w = 'done';
  else if (newerCarries(s, sc, R, b.r, p)) {
    row.w = 'done';
    row.v = 'superseded';
  } else if (!isFinal && (failed ? row.t < 1 : row.z < 1)) {
    row.w = 'todo';
    if (failed) row.t++;
    else row.z++;
  } // "sends the newest": no newer run carries p
  else {
    row.w = 'done';
    row.v = failed ? 'failed' : 'not-seen';
  }
}
function goOn(t, id) {
  // rows to send again leave for a batch of their own while others are still open
  const b = t.bat[id],
    again = withW(b, 'todo');
  if (again.length && withW(b, 'open').length) split(t, id, again);
  else if (again.length) b.d++;
  close(b);
}

// ── settling (§3.10, Order): a run of which every batch is settled. Each tick tries again what died ───────────────────────
function settleDoor(s, sc, R, emit) {
  for (const r of runsOf(sc)) {
    if (s.run[r].st !== 'sending' || s.proc.some((p) => p.k === 'settle' && p.r === r)) continue;
    if (Object.values(s.bat).some((b) => b.r === r && (b.st !== 'settled' || hasNews(s, sc, R, b)))) continue;
    emit(`settling of run ${r} reads its rows and the roster`, '', (t) => {
      const not = hasTicks(sc) && !isOfTick(sc, r) && R.newestWord && newerCarries(s, sc, R, r, 'A') ? 1 : undefined;
      const pc = R.settleAfterRoster ? 'merge' : 'show';
      t.proc.push({ k: 'settle', r, pc, told: told(s, sc, r), ros: s.ros, ...(not && { not }) });
    });
  }
}
function settle(s, sc, R, p, i, emit, drop) {
  const { r } = p,
    me = `settling of run ${r}`;
  emit(`${me} dies before "${p.pc}"`, 'crash', drop);
  if (p.pc === 'merge') {
    const lost = R.rosterSwap && rosKey(s.ros) !== rosKey(p.ros);
    emit(`${me}: ${lost ? 'the roster was written by another, reads it again' : 'the roster is written'}`, '', (t) => {
      const asks = hasTicks(sc) && !isOfTick(sc, r) && R.newestWord && R.lookInSwap;
      if (lost) t.proc[i] = { ...p, ros: s.ros, ...(asks && newerCarries(s, sc, R, r, 'A') && { not: 1 }) };
      else {
        t.ros = merged(sc, R, p.ros, r, p.told, p.not);
        if (R.settleAfterRoster) t.proc[i] = { k: 'settle', r, pc: 'show' };
        else drop(t);
      }
    });
  }
  if (p.pc === 'show')
    emit(`run ${r} is settled`, '', (t) => {
      // Every row of a parked run is decided, so there is nothing that could be resumed.
      if (s.run[r].st === 'sending') setRun(t, r, { st: 'settled', ...(s.run[r].stop === 'p' && { stop: '' }) });
      if (R.settleAfterRoster) drop(t);
      else t.proc[i] = { ...p, pc: 'merge' };
    });
}

// ── the service (docs/reference/graph-provisioning.md §1.7, §3): any order; entries late, twice, lost; a restart of the job purges ────────────────
function service(s, sc, R, emit) {
  for (const op of new Set(s.svc)) {
    const r = +op[0],
      p = op[1],
      { val } = sc.runs[r],
      e = s.dir[p] === null ? 'created' : s.dir[p] === val ? 'unchanged' : 'updated';
    const take = (effect, logged) => (t) => {
      t.svc.splice(t.svc.indexOf(op), 1);
      if (logged) t.log.push({ p, e: effect, ep: s.ep[p], r, vis: 0, x2: 0 });
      if (effect !== 'failed') {
        t.dir[p] = val;
        t.g.ok[p] |= 1 << r;
      }
    };
    emit(`service: ${p} of run ${r} ${e}`, '', take(e, true));
    emit(`service: ${p} of run ${r} ${e}, its log entry is lost`, 'lost', take(e, false));
    emit(`service: ${p} of run ${r} fails for a transient reason`, 'fail', take('failed', true));
  }
  s.log.forEach((e, i) => {
    if (e.vis) return;
    const read = (vis, x2) => (t) => {
      t.log[i] = { ...e, vis, x2: R.distinct ? 0 : x2 };
    };
    emit(`reconcile reads: ${e.p} ${e.e}`, '', read(1, 0));
    emit(`reconcile reads twice: ${e.p} ${e.e}`, 'twice', read(1, 1));
    if (!R.watermarkLast) emit(`reconcile moves the watermark past "${e.p} ${e.e}" and dies`, 'crash', read(2, 0));
  });
  if (s.svc.length)
    emit('the job is restarted: unprocessed requests are purged', 'purge', (t) => {
      t.svc = [];
    });
}

// ── what must hold at rest (no step possible but faults) ─────────────────────────────────────────────────────────────
export function atRest(s, sc) {
  const R = { everybodyStaged: 1 };
  for (const r of runsOf(sc)) {
    const { st, stop, dec } = s.run[r],
      mine = Object.keys(s.bat).filter((id) => s.bat[id].r === r),
      stuck = mine.find((id) => s.bat[id].st !== 'settled');
    // A run of dates that no tick made.
    if (isOfTick(sc, r) && st === '') continue;
    if (st === 'refused' || st === 'held') {
      if (mine.length) return `I3: run ${r} is ${st} and has batches`;
      continue;
    }
    // A parked run waits for a person, and nobody waits for it.
    if (stop === 'p' && st === 'sending' && mine.some((id) => s.bat[id].st === 'staged')) {
      const waits = mine.find((id) => s.bat[id].st === 'sending' || s.bat[id].st === 'sent');
      if (waits) return `I4: nothing moves, run ${r} is parked, and ${waits} still waits for evidence`;
      continue;
    }
    if (st !== 'settled' || stuck) return `I4: nothing moves, run ${r} is "${st}", batch ${stuck} not settled`;
    for (const p of sc.runs[r].people) {
      const rows = rowsOf(s, r, p),
        told = dec.includes(p),
        same = told || (rows[0]?.v === 'unchanged' && !s.g.calls[r + p]),
        v = told ? 'unchanged' : rows[0]?.v,
        real = best(s.log.filter((e) => e.vis && e.p === p && e.r === r));
      if (rows.length + told !== 1 || !v) return `I1: ${p} of run ${r} has ${rows.length + told} rows, verdict "${v}"`;
      if (same && s.g.calls[r + p]) return `I1: ${p} of run ${r} is unchanged and was sent`;
      const before = newest(s.g.ok[p] & ((1 << r) - 1)),
        after = newest(s.g.ok[p]);
      if (same && ![before, after].some((k) => valueOf(sc, k) === sc.runs[r].val))
        return `I7: ${p} of run ${r} is unchanged, the directory held value ${valueOf(sc, before)} once everything older was processed`;
      if (same || s.g.two[p]) continue; // two records at once: the log cannot tell them apart, the verdict only has to exist
      const fair =
        RANK[v] > 1
          ? v === real
          : RANK[real] > 1
            ? false
            : v === 'superseded'
              ? newerCarries(s, sc, R, r, p) || (s.run[r].ok && contradicted(s, sc, r).includes(p))
              : v === 'held'
                ? stop === 'a' && !s.g.calls[r + p]
                : v === 'failed'
                  ? real === 'failed'
                  : v === 'not-seen' && !real;
      if (!fair) return `I1: ${p} of run ${r} is "${v}", the service says "${real}"`;
    }
  }
  for (const p of PEOPLE) {
    let top = newest(s.g.ok[p]);
    for (const r of runsOf(sc)) {
      const unsent = !s.g.calls[r + p] && rowsOf(s, r, p).some((w) => w.v === 'unchanged');
      if (unsent || s.run[r].dec.includes(p)) top = Math.max(top, r);
    }
    // What a parked run has still to send may be a repair, and what it sent is in the roster when it settles.
    if (runsOf(sc).some((r) => s.run[r].stop === 'p' && rowsOf(s, r, p).some(delivered))) continue;
    if (s.dir[p] !== valueOf(sc, top))
      return `I2: the directory holds value ${s.dir[p]} for ${p}, the newest that succeeded is of run ${top}`;
    const e = s.ros[p];
    if (e?.c && e.val !== s.dir[p])
      return `I8: the roster says that value ${e.val} of ${p} is confirmed, the directory holds ${s.dir[p]}`;
    for (const r of runsOf(sc).reverse()) {
      const rows = rowsOf(s, r, p).filter(delivered);
      if (!rows.length) continue;
      if (!e || e.r !== r || e.c !== +(RANK[rows[0].v] > 1))
        return `I8: the roster does not know that ${p} of run ${r} is "${rows[0].v}"`;
      break;
    }
  }
  return '';
}
const newest = (bits) => 31 - Math.clz32(bits | 1);
const valueOf = (sc, r) => (r ? sc.runs[r].val : (sc.roster ?? null));
