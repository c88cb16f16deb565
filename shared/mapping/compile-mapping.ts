// The entry to the mapping: settings are compiled once, bound to a file's columns once, and then turn rows into users.
import type { ValuesOf } from '../core/codes';
import type { ExportRecord, ExportShape, Finding, JsonObject } from '../export/export-record';
import { coreUserUrn, enterpriseUserUrn, isCustomExtension } from '../scim/scim-schema';
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
import type { MappedRecord, MappedUser } from './mapped-record';
import type { mappingCodes } from './mapping-codes';
import { planMapping, type MappingPlan } from './plan-mapping';
import type { RowInHand } from './row-in-hand';
import { compileRank } from './row-rank';
import type { RowStatus } from './row-status';
import type { PlanNode } from './user-plan';
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

const toRowInput = (record: ExportRecord): RowInput => {
  if (!isReadable(record)) return noCells;
  return record.kind === 'csv' ? record.cells : record.value;
};

const toValue = (result: ExpressionResult): unknown =>
  isFailed(result) ? new ExpressionFailure(result.failed, result.trouble) : result;

const isWithoutDomain = (userName: string): boolean => !userName.includes('@');

class BoundMapping implements RecordMapper {
  private readonly readId;
  private readonly readActive;
  private readonly readLeaveDate;
  private readonly readRank;
  private readonly members: readonly { readonly name: string; readonly node: PlanNode; readonly custom: boolean }[];
  private readonly plan: MappingPlan;
  private readonly expressions: Expressions;
  private readonly managers: ManagerLookup;
  private readonly idColumn: string;
  private readonly asksForDomain: boolean;
  private readonly withoutDomain = { users: 0, line: 0 };

  constructor(
    private readonly settings: SourceSettings,
    shape: ExportShape,
    private readonly check: UserCheck,
    asOf: AsOf,
    open: OpenExpressions,
    findPerson: FindPerson | null,
  ) {
    const plan = planMapping(settings, shape);
    this.readId = compileId(settings, shape);
    this.readActive = compileActive(settings, shape, plan.status, asOf);
    this.readLeaveDate = compileLeaveDate(settings, shape);
    this.readRank = compileRank(settings, shape);
    this.members = plan.members.map(({ name, node }) => ({ name, node, custom: isCustomExtension(name) }));
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
    const rows = records.filter((_, at) => results[at] === null).map(toRowInput);
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
      rejection: null,
    });
  }

  private mapReadable({ row, line }: ReadableRecord, hand: RowInHand): MappedRecord {
    const externalId = this.readId(hand);
    const status = this.readActive(hand);
    let userName: string | null = null;
    if (externalId !== null && status !== null) {
      const { active } = status;
      const user = this.buildUser(hand, externalId, active);
      userName = typeof user['userName'] === 'string' ? user['userName'] : null;
      const fault = hand.rejection === null ? this.faultOf(user) : null;
      if (fault !== null) hand.rejection = toRejection(fault, user, line, this.columnAt(fault.path, hand));
      if (hand.rejection === null) {
        if (userName !== null && isWithoutDomain(userName)) this.noteWithoutDomain(line);
        const warnings = warningsOf(user, line, this.idColumn, this.settings.job.target);
        const mapped = {
          kind: 'user' as const,
          row,
          line,
          externalId,
          userName,
          active,
          rank: this.readRank(hand, active),
          leftAt: active ? null : this.readLeaveDate(hand),
          user,
          warnings,
        };
        return withDays(mapped, status);
      }
    }
    if (hand.rejection === null) throw new TypeError('a row without a user has a rejection');
    const { rejection } = hand;
    // Whoever waits for a first day is not active today.
    const active = status === null ? null : status.active && status.goesOn === null;
    return {
      kind: 'rejected',
      row,
      line,
      id: externalId,
      userName,
      active,
      rank: this.readRank(hand, active),
      rejection,
    };
  }

  private buildUser(row: RowInHand, externalId: string, active: boolean): ScimUser {
    const schemas = [coreUserUrn, enterpriseUserUrn];
    const user: ScimUser = { schemas, externalId, active };
    for (const { name, node, custom } of this.members) {
      const value = node.build(row);
      if (value !== undefined) {
        user[name] = value;
        if (custom) schemas.push(name);
      }
    }
    return user;
  }

  private columnAt([name, ...rest]: readonly string[], row: RowInHand): string | null {
    return this.members.find((member) => member.name === name)?.node.columnAt(rest, row) ?? null;
  }
}

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
