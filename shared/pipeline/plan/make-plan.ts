// The plan of a file: what it would do, person by person, before it does it. The file is read twice: only its end shows which rows are in
// doubt because of another one, and whether the guard would stop it. Nothing is sent, and nothing is written but to the sink.
import { foldId } from '../../columns/id';
import type { Hash64 } from '../../core/hash';
import type { Message } from '../../core/message';
import type { Finding, OpenExport } from '../../export/export-record';
import type { GuardDecision } from '../../guard/judge-counts';
import { judgeCounts } from '../../guard/judge-counts';
import type { HoldList } from '../../holdlist/hold-list';
import { holdAt } from '../../holdlist/hold-list';
import type { AsOf } from '../../mapping/as-of';
import { compileMapping, type MappedRecord, type MappedUser } from '../../mapping/compile-mapping';
import type { FindPerson } from '../../mapping/manager-lookup';
import { People } from '../../people/people';
import type { PlanNotes } from '../../messages/plan-words';
import type { PlanEntry, PlanKind } from '../../plan/plan';
import { PLAN_KINDS } from '../../plan/plan';
import type { Day } from '../../roster/roster-entry';
import { dateOf } from '../../roster/roster-entry';
import { fateOfResting } from '../../run/resting-row';
import { noRows } from '../../run/row-counts';
import type { Run } from '../../run/run';
import type { SourceSettings } from '../../source/source-settings';
import { isNews } from '../read/compare-person';
import type { JudgedPerson } from '../read/file-changes';
import { RecordCompleter } from '../read/complete-records';
import { FileChanges } from '../read/file-changes';
import type { KnownPeople } from '../read/known-people';
import { managersOf } from '../read/managers-of-file';
import { mapRows } from '../read/map-rows';
import { toldLeftOut } from '../read/told-left-out';
import { messagesOfLeftOut } from '../../report/left-out';
import { candidateOf } from '../read/candidate';
import { findingsOfSetAside } from '../read/people-set-aside';
import { changedValues, nameOf } from './compare-values';
import { DroppedRows } from './dropped-rows';
import type { OldRecords } from '../records/old-records';
import { tellMissing } from './tell-missing';

/** The file, and what it is compared with. */
export interface FileToPlan extends KnownPeople {
  /** Opens the file; called twice, or three times if the settings look up managers. */
  readonly open: () => Promise<OpenExport>;
  readonly settings: SourceSettings;
  readonly day: Day;
  /** The moment by which the days of its rows are judged. */
  readonly asOf: AsOf;
  /** The id of the run, or one that sorts after all runs of the source. */
  readonly run: string;
  readonly holdList: HoldList;
  /** When the hold list decides, ms. */
  readonly at: number;
  readonly isLoopback: boolean;
  readonly oldRecords: OldRecords;
}

/** What the file would do as a whole. */
export interface PlannedFile {
  readonly content: Run['content'];
  readonly rows: number;
  readonly known: number;
  readonly counts: Readonly<Record<PlanKind, number>>;
  readonly decision: GuardDecision;
  readonly calls: number;
  /** Rows that repeat another one word for word; no kind counts them. */
  readonly collapsed: number;
  /** Rows in whose place another one counts; no kind counts them. */
  readonly superseded: number;
  /** About the file; warnings about single users are only counted. */
  readonly findings: readonly Finding[];
  readonly warnings: number;
}

/** How a plan is told. */
export interface PlanTeller {
  readonly hash: Hash64;
  /** A sentence in the reader's language, and what is said beside people. */
  readonly tell: (message: Message) => string;
  readonly notes: PlanNotes;
  /** Takes the entries, in file order; people who are missing come last. */
  readonly add: (entries: readonly PlanEntry[]) => Promise<void>;
}

/** Makes the plan. Throws `FileHold` for a file that cannot be read to its end. */
export async function makePlan(file: FileToPlan, teller: PlanTeller): Promise<PlannedFile> {
  const { hash } = teller;
  const { settings, expected, lastRows } = file;
  const changes = new FileChanges({ ...file, hash, run: { run: file.run } });
  const people = new People(hash, changes.lookUp);
  const counts = noRows();
  let warnings = 0;
  const afterChunk = (found: readonly Finding[]): Promise<void> => {
    warnings += found.length;
    return Promise.resolve();
  };
  const dropped = new DroppedRows();
  const staging = { settings, people, counts, ...NOWHERE, dropped: dropped.note, afterChunk };
  const isKnown = (idHash: bigint): boolean => expected?.find(idHash) != null;
  const managers = await managersOf({ settings, hash, open: file.open, isKnown });
  const first = await file.open();
  const confirmed = { ...file, hash };
  const { isReturned, findings } = await mapRows({ ...staging, opened: first, managers, confirmed, asOf: file.asOf });
  const content = isReturned ? 'changes' : settings.file.content;
  const numbers = changes.counts(people, { content, counts, lastRows });
  const told = Object.fromEntries(PLAN_KINDS.map((kind) => [kind, 0])) as Record<PlanKind, number>;
  const add = async (entries: readonly PlanEntry[]): Promise<void> => {
    for (const { kind } of entries) told[kind]++;
    await teller.add(entries);
  };
  await tellRows(file, { ...teller, add }, changes, dropped, managers.findPerson);
  if (content === 'full' && expected !== null) await tellMissing(expected, people, file.oldRecords, teller.notes, add);
  return {
    content,
    rows: counts.rows,
    known: numbers.known,
    counts: told,
    decision: judgeCounts(numbers, settings.guard, { isLoopback: file.isLoopback }),
    calls: [...people.packed()].filter(({ candidates }) => !candidates).length,
    collapsed: counts.collapsed,
    superseded: counts.superseded,
    findings: [...first.findings, ...findings, ...findingsOfSetAside(changes, people, counts)],
    warnings,
  };
}

const nothing = { append: () => Promise.resolve() };
const NOWHERE = { rows: nothing, users: nothing };

/** A row of a person who is compared, or the entry of one who need not be. */
type Told = { readonly entry: PlanEntry } | { readonly record: MappedUser; readonly judged: JudgedPerson };

async function tellRows(
  file: FileToPlan,
  teller: PlanTeller,
  changes: FileChanges,
  dropped: DroppedRows,
  findPerson: FindPerson | null,
): Promise<void> {
  const opened = await file.open();
  const mapper = compileMapping(file.settings, file.asOf).bind(opened.shape, undefined, findPerson);
  const completer = new RecordCompleter(file.settings, { ...file, hash: teller.hash });
  async function* mapChunks(): AsyncGenerator<readonly MappedRecord[]> {
    for await (const records of opened.records) yield await mapper.map(records);
  }
  try {
    for await (const records of completer.complete(mapChunks())) {
      const told = records.flatMap((record) => toldOf(record, teller, changes, dropped));
      const old = await file.oldRecords.read(
        told.flatMap((one) => {
          const said = 'judged' in one ? one.judged.said : null;
          return said !== null && isNews(said) && said.entry !== null ? [said.entry] : [];
        }),
      );
      await teller.add(told.map((one) => ('entry' in one ? one.entry : entryOf(one, file, teller, old))));
    }
  } finally {
    mapper.end();
  }
}

function toldOf(
  record: MappedRecord,
  { hash, tell, notes }: PlanTeller,
  changes: FileChanges,
  dropped: DroppedRows,
): readonly Told[] {
  const { row, line } = record;
  if (record.kind === 'rejected') return [{ entry: rejectedEntry(row, line, record.id, tell(record.rejection)) }];
  if (record.kind === 'unsent') return unsentEntries(record, tell);
  const why = dropped.of(row);
  // Told by the row that counts.
  if (why === 'collapsed' || why === 'superseded') return [];
  if (why === 'skipped') {
    const { message } = fateOfResting('unknown-inactive');
    const note = message && tell(message);
    return [
      { entry: { kind: 'skipped', row, line, id: record.externalId, name: nameOf(record.user), changes: [], note } },
    ];
  }
  if (why !== null) {
    const values = { otherLine: why.otherLine };
    return [{ entry: rejectedEntry(row, line, record.externalId, tell({ code: why.kind, values })) }];
  }
  const { user, leftAt, goesOn } = record;
  if (goesOn !== undefined) return [{ entry: waitingEntry(record, notes.goesOn(goesOn)) }];
  const person = { idHash: hash(foldId(record.externalId)), recordHash: hash(JSON.stringify(user)), user, leftAt };
  return [{ record, judged: changes.judge(person) }];
}

const rejectedEntry = (row: number, line: number, id: string | null, note: string): PlanEntry => ({
  ...{ kind: 'rejected', row, line, id, name: null, changes: [], note },
});

const waitingEntry = ({ row, line, externalId: id, user }: MappedUser, note: string): PlanEntry => ({
  ...{ kind: 'skipped', row, line, id, name: nameOf(user), changes: [], note },
});
const unsentEntries = (
  { row, line, id, unsent }: Extract<MappedRecord, { kind: 'unsent' }>,
  tell: PlanTeller['tell'],
): readonly Told[] =>
  unsent.verdict === 'superseded'
    ? []
    : [{ entry: { kind: 'skipped', row, line, id, name: null, changes: [], note: tell(unsent) } }];

function entryOf(
  { record, judged }: Extract<Told, { record: unknown }>,
  file: FileToPlan,
  { notes, tell }: PlanTeller,
  old: ReadonlyMap<bigint, MappedUser['user']>,
): PlanEntry {
  const { row, line, externalId: id, user } = record;
  const { said } = judged;
  const { entry, attributes } = said;
  const before = entry === null ? undefined : old.get(entry.recordHash);
  const changes = before === undefined || !isNews(said) ? [] : changedValues(before, user);
  const { kind, nextTry } = kindOf(judged, file.run);
  const hold = holdAt(file.holdList, id, file.at);
  const isGone = entry !== null && isNews(said) && before === undefined;
  const note = [
    ...(hold === null ? [] : [notes.onHold(hold.until)]),
    ...(nextTry === null ? [] : [notes.nextTry(dateOf(nextTry))]),
    ...(isGone && attributes.length > 0 ? [notes.valuesGone(attributes)] : []),
    ...(judged.isSkipped ? [] : messagesOfLeftOut(toldLeftOut(record.leftOut ?? [])).map(tell)),
  ].join(' ');
  return {
    ...{ row, line, id, name: nameOf(user), changes },
    kind: hold === null ? kind : 'on-hold',
    note: note === '' ? null : note,
  };
}

/** What a person's row does, and when it is tried again. */
function kindOf(
  { held, said, isSkipped }: JudgedPerson,
  run: string,
): { readonly kind: PlanKind; readonly nextTry: Day | null } {
  const sent = (kind: PlanKind) => ({ kind, nextTry: null });
  if (isSkipped) return sent('skipped');
  if (said.entry === null) return sent('new');
  if (said.becomes === 'disabled' || said.becomes === 'enabled') return sent(said.becomes);
  if (isNews(said)) return sent('changed');
  const candidate = held.entry === null ? null : candidateOf(held.entry, held.compared, run);
  if (candidate === null) return sent('resent');
  return candidate === 'confirmed' ? sent('unchanged') : { kind: 'waiting', nextTry: candidate.nextTry };
}
