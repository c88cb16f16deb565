// The forms of a file's ids, where the settings declare none: an id that is built unlike all others was probably damaged, or is none.

/** An id and where it is. */
export interface PlacedId {
  readonly id: string;
  readonly line: number;
}

/** Ids of other forms, in file order. */
export interface OddIds {
  readonly count: number;
  /** The first of them, at most `MAX_ODD_TOLD`. */
  readonly first: readonly PlacedId[];
}

/** Fewer ids show no form. Our choice, 2026-11. */
const LEAST_IDS = 20;
/** One id in so many may be of another form, to be called odd. Our choice, 2026-11: contractors with ids of their own are more. */
const ONE_ODD_IN = 20;
/** Our choice, 2026-11. */
const MAX_ODD_TOLD = 5;
/** Different forms that are remembered; a file with more has none in common. */
const MAX_FORMS = 20;

const kindOf = (code: number): string => {
  if (code >= 0x30 && code <= 0x39) return '0';
  if ((code >= 0x41 && code <= 0x5a) || (code >= 0x61 && code <= 0x7a)) return 'A';
  return String.fromCharCode(code);
};

/** The form in which an id is built: `E-00123` and `E-7` are both `A-0`. */
export function formOf(id: string): string {
  let form = '';
  let last = '';
  for (let at = 0; at < id.length; at++) {
    const kind = kindOf(id.charCodeAt(at));
    if (kind !== last) form += kind;
    last = kind;
  }
  return form;
}

interface IdsOfForm {
  count: number;
  readonly first: PlacedId[];
}

/** Counts the forms of a file's ids. */
export class IdForms {
  private readonly forms = new Map<string, IdsOfForm>();
  private total = 0;

  add(id: string, line: number): void {
    this.total++;
    const form = formOf(id);
    const known = this.forms.get(form);
    const ids = known ?? { count: 0, first: [] };
    if (known === undefined && this.forms.size < MAX_FORMS) this.forms.set(form, ids);
    ids.count++;
    if (ids.first.length < MAX_ODD_TOLD) ids.first.push({ id, line });
  }

  /** The ids that differ from nearly all others; null if there are none, or no form that nearly all have. */
  odd(): OddIds | null {
    const [common, ...others] = [...this.forms.values()].sort((one, other) => other.count - one.count);
    const count = this.total - (common?.count ?? 0);
    if (count === 0 || this.total < LEAST_IDS || count * ONE_ODD_IN > this.total) return null;
    const first = others.flatMap((ids) => ids.first).sort((one, other) => one.line - other.line);
    return { count, first: first.slice(0, MAX_ODD_TOLD) };
  }
}
