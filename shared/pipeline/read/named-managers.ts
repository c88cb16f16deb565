// Whether a file names its managers by ids at all. One manager who is somebody in the file, or is known, is enough: then nothing more is noted, so
// that a file of a million people costs no more than its first rows.
import { foldId } from '../../columns/id';
import { formOf } from '../../columns/id-forms';
import type { ValuesOf } from '../../core/codes';
import type { Hash64 } from '../../core/hash';
import { quote } from '../../core/message';
import type { Finding } from '../../export/export-record';
import type { mappingCodes } from '../../mapping/mapping-codes';
import { isComplex, valueAt } from '../../scim/attribute-path';
import { enterpriseUserUrn } from '../../scim/scim-schema';
import type { ScimUser } from '../../scim/user';
import { columnsOfLeaf, isManager, walkMapping } from '../../source/mapped-leaves';
import type { SourceSettings } from '../../source/source-settings';

/** True of somebody whom earlier files have told of. */
export type IsKnown = (idHash: bigint) => boolean;

/** The ids of a file's rows. */
export interface FileIds {
  names(idHash: bigint): boolean;
}

/** Managers who are compared with the ids of the file at its end; beyond them nothing is said. Our choice, 2026-11: few companies have as many. */
export const MAX_MANAGERS_COMPARED = 100_000;
/** Forms of ids that are remembered. */
const MAX_FORMS = 100;

/** Compares the managers of one file with its ids. */
export class NamedManagers {
  private readonly managers = new Set<bigint>();
  private readonly ofManagers = new Set<string>();
  private readonly ofIds = new Set<string>();
  private first: { readonly value: string; readonly line: number } | null = null;
  /** Nothing more is to be noted: somebody is known, or there are too many. */
  private isDone = false;

  private constructor(
    private readonly hash: Hash64,
    private readonly column: string | null,
    /** A manager who is not in a file of changes may be in an earlier one, if the ids look alike. */
    private readonly isOfChanges: boolean,
    private readonly isKnown: IsKnown,
  ) {}

  /** Null if the settings map no manager. */
  static of(settings: SourceSettings, hash: Hash64, isKnown: IsKnown = () => false): NamedManagers | null {
    for (const { path, leaf } of walkMapping(settings.mapping)) {
      if (!isManager(path) || path[2] !== 'value') continue;
      return new NamedManagers(hash, columnsOfLeaf(leaf)[0] ?? null, settings.file.content === 'changes', isKnown);
    }
    return null;
  }

  /** Notes the user of a row; `ids` are those of the rows so far. */
  note(user: ScimUser, line: number, ids: FileIds): void {
    if (this.isDone) return;
    if (this.isOfChanges) addForm(this.ofIds, user.externalId);
    const manager = managerOf(user);
    if (manager === null) return;
    this.first ??= { value: manager, line };
    const idHash = this.hash(foldId(manager));
    if (this.managers.has(idHash)) return;
    this.managers.add(idHash);
    if (this.isOfChanges) addForm(this.ofManagers, manager);
    this.isDone = ids.names(idHash) || this.isKnown(idHash) || this.managers.size > MAX_MANAGERS_COMPARED;
    if (this.isDone) this.managers.clear();
  }

  /** A warning if no manager is the id of anybody; `ids` are those of all rows, rejected ones too. */
  findings(ids: FileIds): readonly Finding[] {
    const { first, column } = this;
    if (this.isDone || first === null) return [];
    for (const idHash of this.managers) if (ids.names(idHash)) return [];
    if (this.isOfChanges && [...this.ofManagers].some((form) => this.ofIds.has(form))) return [];
    const values: ValuesOf<typeof mappingCodes, 'managers-are-nobody'> = {
      column: column === null ? null : quote(column),
      managers: this.managers.size,
      value: quote(first.value),
      line: first.line,
    };
    return [{ severity: 'warning', code: 'managers-are-nobody', values, line: first.line, column, id: null }];
  }
}

function addForm(forms: Set<string>, id: string): void {
  if (forms.size < MAX_FORMS) forms.add(formOf(id));
}

function managerOf(user: ScimUser): string | null {
  const manager = valueAt(user, [enterpriseUserUrn, 'manager']);
  const value = isComplex(manager) ? manager['value'] : undefined;
  return typeof value === 'string' && value !== '' ? value : null;
}
