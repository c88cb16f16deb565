// The entry to the mapping: settings are compiled once, bound to a file's columns once, and then turn rows into users.
import type { ValuesOf } from '../core/codes';
import type { ExportRecord, ExportShape, Finding, JsonObject } from '../export/export-record';
import type { ScimUser } from '../scim/user';
import { userCheckFor, type UserCheck, type UserFault } from '../scim/user-schema';
import type { SourceSettings } from '../source/settings-schema';
import type { AsOf } from './as-of';
import { toRejection, warningsOf } from './checked-user';
import { ExpressionFailure } from './expression-failure';
import { isFailed, type ExpressionResult, type RowInput } from './expression-wire';
import { openExpressions, type Expressions, type OpenExpressions } from './expressions';
import { compileActive, compileId } from './id-and-status';
import { compileLeaveDate } from './leave-date';
import { ManagerLookup, type FindPerson } from './manager-lookup';
import type { LeftOut, MappedRecord, MappedUser } from './mapped-record';
import type { mappingCodes } from './mapping-codes';
import { firstStepOf } from '../columns/record-value';
import type { Rejection } from '../core/rejection';
import { bindPlan, type BoundPlan } from './bound-plan';
import { rejectionOf, type MappedLeaf, type RowInHand, type UnreadValue } from './row-in-hand';
import { compileRank } from './row-rank';
import type { RowStatus } from './row-status';
import { idColumnOf } from '../source/settings-schema';
import { setAside } from '../verdict/give-verdict';

export type { MappedRecord, MappedUser } from './mapped-record';

/** Settings compiled, not yet bound to a file. */
export interface CompiledMapping {
  /**
   * Resolves columns to places in the file's rows. The mapper has to be ended. `findPerson` is asked where the settings look up managers; without it
   * they are left out.
   */
  bind(shape: ExportShape, open?: OpenExpressions, findPerson?: FindPerson | null): RecordMapper;
}

/** Maps the records of one file. */
export interface RecordMapper {
  /** One result per record, in the same order. Throws `FileHold` (`expression-always-slow`); rejects with `expressions-unavailable` (retry). */
  map(records: readonly ExportRecord[]): Promise<readonly MappedRecord[]>;
  /** What was found about the file as a whole; complete after its last record. */
  findings(): readonly Finding[];
  /** Ends what evaluates expressions, if anything was started. */
  end(): void;
}

type ReadableRecord = Exclude<ExportRecord, { kind: 'unreadable' | 'unsent' }>;

const isReadable = (record: ExportRecord): record is ReadableRecord => record.kind === 'csv' || record.kind === 'json';

const noCells: readonly string[] = [];
const noValue: JsonObject = {};
const noResults: readonly unknown[] = [];
const undamaged: readonly Rejection[] = [];
const nothingLeftOut: readonly UnreadValue[] = [];
const nothingRefused: ReadonlyMap<MappedLeaf, Rejection> = new Map();

/** What expressions read: without what is damaged, which may be of any length. */
const toRowInput = (record: ExportRecord, { columns }: ExportShape): RowInput => {
  if (!isReadable(record)) return noCells;
  const { damage } = record;
  if (record.kind === 'csv') {
    if (damage === undefined || columns === null) return record.cells;
    const damaged = new Set(damage.map(({ at }) => at.column));
    return record.cells.map((cell, at) => (damaged.has(columns[at] ?? '') ? '' : cell));
  }
  if (damage === undefined) return record.value;
  const damaged = new Set(damage.map(({ at }) => firstStepOf(at.column ?? '')));
  return Object.fromEntries(Object.entries(record.value).filter(([name]) => !damaged.has(firstStepOf(name))));
};

const toValue = (result: ExpressionResult): unknown =>
  isFailed(result) ? new ExpressionFailure(result.failed, result.trouble) : result;

const isWithoutDomain = (userName: string): boolean => !userName.includes('@');

class BoundMapping implements RecordMapper {
  private readonly readId;
  private readonly readActive;
  private readonly readLeaveDate;
  private readonly readRank;
  private readonly plan: BoundPlan;
  /** Compiled for the first row that needs it. */
  private tolerantPlan: BoundPlan | null = null;
  private readonly expressions: Expressions;
  private readonly managers: ManagerLookup;
  private readonly idColumn: string;
  private readonly asksForDomain: boolean;
  private readonly withoutDomain = { users: 0, line: 0 };

  constructor(
    private readonly settings: SourceSettings,
    private readonly shape: ExportShape,
    private readonly check: UserCheck,
    asOf: AsOf,
    open: OpenExpressions,
    findPerson: FindPerson | null,
  ) {
    const plan = bindPlan(settings, shape, false);
    this.readId = compileId(settings, shape);
    this.readActive = compileActive(settings, shape, plan.status, asOf);
    this.readLeaveDate = compileLeaveDate(settings, shape);
    this.readRank = compileRank(settings, shape);
    this.plan = plan;
    this.expressions = open({ texts: plan.expressions.map(({ text }) => text), columns: shape.columns });
    this.managers = new ManagerLookup(findPerson);
    this.idColumn = idColumnOf(settings);
    const { userName } = settings.mapping;
    this.asksForDomain = typeof userName === 'object' && 'form' in userName && userName.form === 'upn';
  }

  async map(records: readonly ExportRecord[]): Promise<readonly MappedRecord[]> {
    const results = this.plan.expressions.length === 0 ? null : await this.resultsOf(records);
    return records.map((record, at) => this.mapOne(record, results?.[at] ?? noResults));
  }

  findings(): readonly Finding[] {
    const { users, line } = this.withoutDomain;
    const ofManagers = this.managers.findings();
    if (users === 0) return ofManagers;
    const values: ValuesOf<typeof mappingCodes, 'user-names-without-domain'> = { users, line };
    return [
      { severity: 'note', code: 'user-names-without-domain', values, line, column: null, id: null },
      ...ofManagers,
    ];
  }

  end(): void {
    this.expressions.end();
  }

  private noteWithoutDomain(line: number): void {
    if (this.withoutDomain.users === 0) this.withoutDomain.line = line;
    this.withoutDomain.users++;
  }

  private faultOf(user: ScimUser): UserFault | null {
    const fault = this.check(user);
    const { userName } = user;
    const lacksDomain = this.asksForDomain && typeof userName === 'string' && isWithoutDomain(userName);
    return fault ?? (lacksDomain ? { path: ['userName'], rule: 'form', limit: null } : null);
  }

  /** The results of each record. Only those that need the interpreter go to it. */
  private async resultsOf(records: readonly ExportRecord[]): Promise<readonly (readonly unknown[])[]> {
    const results = records.map((record) => this.quickResults(record));
    const rows = records.filter((_, at) => results[at] === null).map((record) => toRowInput(record, this.shape));
    if (rows.length === 0) return results.map((found) => found ?? noResults);
    const evaluated = (await this.expressions.evaluate(rows)).values();
    return results.map((found) => found ?? evaluated.next().value?.map(toValue) ?? noResults);
  }

  private quickResults(record: ExportRecord): readonly unknown[] | null {
    if (!isReadable(record)) return noResults;
    if (record.kind === 'csv') return null;
    const results: unknown[] = [];
    for (const { quick } of this.plan.expressions) {
      const result = quick?.(record.value) ?? null;
      if (result === null) return null;
      results.push(result);
    }
    return results;
  }

  private mapOne(record: ExportRecord, results: readonly unknown[]): MappedRecord {
    if (record.kind === 'unreadable') {
      const { row, line, id, rejection } = record;
      return { kind: 'rejected', row, line, id, userName: null, active: null, rank: null, rejection };
    }
    if (record.kind === 'unsent') {
      const { row, line, id, unsent } = record;
      return { kind: 'unsent', row, line, id, unsent: setAside(unsent) };
    }
    return this.mapReadable(record, {
      line: record.line,
      cells: record.kind === 'csv' ? record.cells : noCells,
      value: record.kind === 'json' ? record.value : noValue,
      results,
      managers: this.managers,
      damage: record.damage ?? undamaged,
      rejection: null,
      leftOut: nothingLeftOut,
      refused: nothingRefused,
    });
  }

  private mapReadable(record: ReadableRecord, hand: RowInHand): MappedRecord {
    const { row, line } = record;
    const externalId = this.readId(hand);
    const status = this.readActive(hand);
    let userName: string | null = null;
    if (externalId !== null && status !== null) {
      const { active } = status;
      let user = this.userOf(this.plan, hand, externalId, active);
      userName = user && userNameOf(user);
      // Nobody stays enabled for a value that cannot be read (ADR 0040).
      if (hand.rejection !== null && !active) user = this.userOf(this.tolerant(), hand, externalId, active);
      if (user !== null && hand.rejection === null)
        return withDays(this.mappedUser(record, hand, user, externalId, active), status);
    }
    const rejection = this.plan.damageOf(hand) ?? hand.rejection;
    if (rejection === null) throw new TypeError('a row without a user has a rejection');
    // Whoever waits for a first day is not active today.
    const active = status === null ? null : status.active && status.goesOn === null;
    const rank = this.readRank(hand, active);
    return { kind: 'rejected', row, line, id: externalId, userName, active, rank, rejection };
  }

  private mappedUser(
    { row, line }: ReadableRecord,
    hand: RowInHand,
    user: ScimUser,
    externalId: string,
    active: boolean,
  ): MappedUser {
    const userName = userNameOf(user);
    if (userName !== null && isWithoutDomain(userName)) this.noteWithoutDomain(line);
    const mapped: MappedUser = {
      kind: 'user',
      row,
      line,
      externalId,
      userName,
      active,
      rank: this.readRank(hand, active),
      leftAt: active ? null : this.readLeaveDate(hand),
      user,
      warnings: warningsOf(user, line, this.idColumn, this.settings.job.target),
    };
    return hand.leftOut.length === 0
      ? mapped
      : { ...mapped, leftOut: hand.leftOut.map((one) => leftOutOf(one, active)) };
  }

  private tolerant(): BoundPlan {
    return (this.tolerantPlan ??= bindPlan(this.settings, this.shape, true));
  }

  /**
   * The user of a row by a plan, null if its damage rejects the row; a user has no meaning if the row is rejected. Values that the directory would
   * refuse are left out one by one, as far as their leaves are tolerant.
   */
  private userOf(plan: BoundPlan, hand: RowInHand, externalId: string, active: boolean): ScimUser | null {
    hand.rejection = plan.damageOf(hand);
    if (hand.rejection !== null) return null;
    hand.refused = nothingRefused;
    for (;;) {
      hand.leftOut = nothingLeftOut;
      const user = plan.build(hand, externalId, active);
      const fault = rejectionOf(hand) === null ? this.faultOf(user) : null;
      if (fault === null) return user;
      const leaf = plan.leafAt(fault.path, hand);
      const rejection = toRejection(fault, user, hand.line, leaf?.column ?? null);
      if (leaf?.isTolerant !== true || hand.refused.has(leaf)) {
        hand.rejection = rejection;
        return user;
      }
      hand.refused = new Map([...hand.refused, [leaf, rejection]]);
    }
  }
}

const userNameOf = ({ userName }: ScimUser): string | null => (typeof userName === 'string' ? userName : null);

const leftOutOf = ({ place, why }: UnreadValue, active: boolean): LeftOut => ({
  place,
  why,
  inPlace: active ? 'nothing' : 'last-value-if-any',
});

/** Most rows have no days to come, and stay as they are. */
const withDays = (mapped: MappedUser, { switches, goesOn }: RowStatus): MappedUser =>
  switches.length === 0 ? mapped : { ...mapped, switches, ...(goesOn !== null && { goesOn }) };

/**
 * Compiles valid settings. `asOf`: the moment by which the days of a row are judged. A row has one rejection: the id's, else the status's, else the
 * first in the order of the user.
 */
export function compileMapping(settings: SourceSettings, asOf: AsOf): CompiledMapping {
  const check = userCheckFor(settings.job.target);
  return {
    bind: (shape, open = openExpressions, findPerson = null) =>
      new BoundMapping(settings, shape, check, asOf, open, findPerson),
  };
}
