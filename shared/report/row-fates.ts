// What became of each row, as the reports say it: destinations from `rows.jsonl`, verdicts from the batches. A missing verdict is an error
// and is never filled in.
import { RollcallError } from '../core/errors';
import type { Message } from '../core/message';
import type { UnsentRow } from '../core/unsent-row';
import type { Batch } from '../run/batch';
import type { BatchStore } from '../run/ledger';
import { readDecision } from '../run/decision';
import { SharedValues } from '../people/shared-values';
import type { RowNote } from '../run/row-lines';
import { readRecordLines, readRowNotes } from '../run/row-lines';
import type { Run } from '../run/run';
import { wasNeverSent } from '../run/run';
import { fateOfResting } from '../run/resting-row';
import type { LeftOutValue, NameHolder, RowLine, RowTrouble, RunFiles } from '../run/run-files';
import { ofAttempt } from '../run/run-files';
import type { ValuesOf } from '../core/codes';
import {
  ON_HOLD_LIST,
  TURNED_ON_AGAIN,
  USER_NAME_HELD,
  VERDICT_OF_REJECTION,
  VERDICT_OF_UNSENT_RUN,
} from '../verdict/give-verdict';
import type { Verdict } from '../verdict/verdict';
import { messagesOfLeftOut } from './left-out';
import type { verdictCodes } from '../verdict/verdict-codes';

/** One row of the verdicts report. */
export interface RowFate {
  readonly row: number;
  readonly line: number;
  readonly id: string | null;
  readonly verdict: Verdict;
  readonly code: string | null;
  /** Why the row was rejected, set aside or kept back, or the file held. */
  readonly message: Message | null;
  /** The service's own words about a failure or refusal. */
  readonly serviceWords: string | null;
  readonly column: string | null;
  /** The row enabled an account that somebody had disabled, although HR's word had not changed: one more code beside the verdict. */
  readonly turnedOn: boolean;
  /** Somebody inactive in the file who may hold the user name of the row in Entra: one more code beside the verdict; null if there is nobody. */
  readonly nameHolder: NameHolder | null;
  /** Values of the row that cannot be read, although the row goes; empty for a row that does not go. */
  readonly leftOut: readonly LeftOutValue[];
}

const NOTHING_LEFT_OUT: readonly LeftOutValue[] = [];

/** What a batch says about a row. */
interface Known {
  readonly verdict: Verdict;
  readonly code: string | null;
  /** Why the row is kept back. */
  readonly message: Message | null;
  readonly turnedOn?: boolean;
}

/** True if an older run that was not in the roster yet sent a record of the person that says inactive. */
export type SaidInactive = (id: string) => Promise<boolean>;

/** The codes of a row, in the order in which the report has them; usually none or one. */
export const codesOf = ({
  code,
  turnedOn,
  leftOut,
  nameHolder,
}: Pick<RowFate, 'code' | 'turnedOn' | 'leftOut' | 'nameHolder'>): readonly string[] => [
  ...(code === null ? [] : [code]),
  ...messagesOfLeftOut(leftOut).map((message) => message.code),
  ...(turnedOn ? [TURNED_ON_AGAIN] : []),
  ...(nameHolder === null ? [] : [USER_NAME_HELD]),
];

/** Yields the fate of every record in file order. `words`: the service's own, by row. */
export async function* rowFates(
  files: RunFiles,
  batches: BatchStore,
  run: Run,
  words: ReadonlyMap<number, string>,
  saidInactive: SaidInactive,
): AsyncGenerator<RowFate> {
  const isHeld = wasNeverSent(run);
  const notes = await readRowNotes(rowsOf(files, run));
  const known = isHeld ? new SharedValues<Known>() : await readVerdicts(batches, run);
  let decision: Promise<ReadonlySet<number> | null> | undefined;
  const isSent = async (row: number): Promise<boolean> =>
    (await (decision ??= readDecision(files, run)))?.has(row) !== false;
  // Identical rows of one person share a verdict; the first of them comes earlier in the file.
  const fateOfRepeated = new SharedValues<SharedFate>();
  for await (const line of readRecordLines(rowsOf(files, run))) {
    const note = notes.of(line.row);
    const into = repeatedBy(line, note);
    const fate: RowFate = isHeld
      ? {
          ...base(line),
          verdict: VERDICT_OF_UNSENT_RUN,
          code: run.reason?.code ?? null,
          message: run.reason,
          ...NOTHING_MORE,
        }
      : into !== null
        ? repeatedFate(line, fateOfRepeated.get(into) ?? fail(line.row))
        : await fateOf(line, note, known, words, { isSent, saidInactive });
    if (notes.isRepeated(line.row)) {
      const shared = sharedOf(fate);
      fateOfRepeated.set(line.row, JSON.stringify(shared), shared);
    }
    yield fate;
  }
}

type SharedFate = Omit<RowFate, 'row' | 'line' | 'id' | 'leftOut'>;

const base = (line: RowLine): Pick<RowFate, 'row' | 'line' | 'id' | 'leftOut'> => ({
  row: line.row,
  line: line.line,
  id: line.id,
  leftOut: ('leftOut' in line ? line.leftOut : null) ?? NOTHING_LEFT_OUT,
});

const sharedOf = ({ verdict, code, message, serviceWords, column, turnedOn, nameHolder }: RowFate): SharedFate => ({
  ...{ verdict, code, message, serviceWords, column, turnedOn, nameHolder },
});

const NOTHING_MORE = {
  serviceWords: null,
  column: null,
  turnedOn: false,
  nameHolder: null,
  leftOut: NOTHING_LEFT_OUT,
} as const;

/** The row whose fate this one shares; null if it has its own. */
function repeatedBy(line: RowLine, note: RowNote | null): number | null {
  if (note !== null && 'into' in note) return note.into;
  return 'into' in line ? line.into : null;
}

/** It may have values of its own that cannot be read: the rows are equal in what is sent. */
const repeatedFate = (line: RowLine, shared: SharedFate): RowFate => ({
  ...base(line),
  ...shared,
  ...(shared.verdict === VERDICT_OF_REJECTION && { leftOut: NOTHING_LEFT_OUT }),
});

const fail = (row: number): never => {
  throw missing(row);
};

async function fateOf(
  line: RowLine,
  note: RowNote | null,
  known: SharedValues<Known>,
  words: ReadonlyMap<number, string>,
  {
    isSent,
    saidInactive,
  }: { readonly isSent: (candidate: number) => Promise<boolean>; readonly saidInactive: SaidInactive },
): Promise<RowFate> {
  const said = note ?? line;
  if ('rejected' in said) return rejectedFate(line, said.rejected);
  if ('unsent' in said) return unsentFate(line, said.unsent);
  if (!('user' in line)) throw missing(line.row);
  const candidate = 'rests' in said ? said.rests : line.candidate;
  const isResting = candidate !== undefined && !(await isSent(line.row));
  const verdict: Known | undefined = isResting ? fateOfResting(candidate) : known.get(line.row);
  if (verdict === undefined) throw missing(line.row);
  const turnedOn = verdict.turnedOn === true && wasActive(line) && !(await saidInactive(line.id));
  // Of one that rests because Entra holds the record, nobody else has the name; one that waits was not sent yet.
  const wasSent = !isResting || (typeof candidate === 'object' && 'why' in candidate);
  const nameHolder = 'nameHeldBy' in said && wasSent ? said.nameHeldBy : null;
  const rest = { serviceWords: words.get(line.row) ?? null, column: null, turnedOn, nameHolder };
  // Nothing was sent of somebody who is skipped, whatever their row says.
  const isSkipped = isResting && candidate === 'unknown-inactive';
  return { ...base(line), ...verdict, ...rest, ...(isSkipped && { leftOut: NOTHING_LEFT_OUT }) };
}

const rejectedFate = (line: RowLine, trouble: RowTrouble): RowFate => ({
  ...base(line),
  verdict: VERDICT_OF_REJECTION,
  code: trouble.code,
  message: trouble,
  ...NOTHING_MORE,
  column: trouble.column,
});

const unsentFate = (line: RowLine, unsent: UnsentRow): RowFate => ({
  ...rejectedFate(line, unsent),
  verdict: unsent.verdict,
});

const wasActive = ({ candidate, wasActive: isNoted }: Extract<RowLine, { user: unknown }>): boolean =>
  candidate === 'confirmed' || isNoted === true;

const missing = (row: number): RollcallError =>
  new RollcallError('verdict-missing', 'retry', `row ${row} has no verdict`);

async function* rowsOf(files: RunFiles, run: Run): AsyncGenerator<Uint8Array> {
  yield* (await files.read(run, ofAttempt(run, 'rows.jsonl'))) ?? [];
}

async function readVerdicts(batches: BatchStore, run: Run): Promise<SharedValues<Known>> {
  const known = new SharedValues<Known>();
  for await (const page of batches.all(run.run))
    for (const { value } of page)
      for (const row of value.rows) {
        const { verdict, code } = row;
        if (verdict === null) continue;
        const turnedOn = row.turnedOn && !value.leavers;
        const message = messageOfHold(value, row);
        known.set(row.row, JSON.stringify([verdict, code, turnedOn, message]), { verdict, code, message, turnedOn });
      }
  return known;
}

function messageOfHold({ leavers }: Batch, { hold }: Batch['rows'][number]): Message | null {
  if (hold === null) return null;
  const values: ValuesOf<typeof verdictCodes, typeof ON_HOLD_LIST> = { ...hold, isLeaver: leavers };
  return { code: ON_HOLD_LIST, values };
}
