// What a JSON document has beside its list of people: other lists, and links to further pages.
import { quote, quoteAll, type Quote } from '../../core/message';
import { holdFile } from '../hold-file';
import { leadsToPage, type Steps } from './next-page';

/** Told of each value that is no record. Both may throw holds. */
export interface DocumentWatch {
  /** A value begins; `sign` is its first character. */
  begin(steps: Steps, sign: string): void;
  /** A text, a number or a word has ended, on `line`. */
  single(steps: Steps, raw: string, line: number): void;
}

/** A list in a document. */
export interface FoundList {
  /** As in the settings: `export.employees`. */
  readonly path: string;
  /** What its first item is. */
  holds: 'nothing' | 'objects' | 'other';
  /** The keys of the first object. */
  readonly keys: Set<string>;
}

/** Lists that are remembered: a document with more is no list of people. Our choice, 2026-11. */
const MAX_LISTS = 100;
/** Lists that a sentence names. */
const MAX_LISTS_TOLD = 10;

/** The path of steps, as the settings write it. */
export const pathOf = (steps: Steps): string => steps.join('.');

/** The lists of a document that are no part of another list. */
export class FoundLists {
  private readonly lists = new Map<string, FoundList>();

  begin(steps: Steps, sign: string): void {
    const last = steps.at(-1);
    if (last === 0) {
      const list = this.lists.get(pathOf(steps.slice(0, -1)));
      if (list?.holds === 'nothing') list.holds = sign === '{' ? 'objects' : 'other';
    } else if (typeof last === 'string' && steps.at(-2) === 0) {
      this.lists.get(pathOf(steps.slice(0, -2)))?.keys.add(last);
    }
    const isPlain = steps.length > 0 && steps.every((step) => typeof step === 'string');
    if (sign !== '[' || !isPlain || this.lists.size >= MAX_LISTS) return;
    const path = pathOf(steps);
    if (!this.lists.has(path)) this.lists.set(path, { path, holds: 'nothing', keys: new Set() });
  }

  /** In the order of the document. */
  all(): readonly FoundList[] {
    return [...this.lists.values()];
  }

  /** Those of objects. */
  ofObjects(): readonly FoundList[] {
    return this.all().filter(({ holds }) => holds === 'objects');
  }
}

/** The first of these paths, for a sentence. */
export const quoteLists = (lists: readonly FoundList[]): readonly Quote[] =>
  quoteAll(lists.slice(0, MAX_LISTS_TOLD).map(({ path }) => path));

/** Holds the file if a member beside the list at `path` links to a further page. */
export function watchForPages(path: string): DocumentWatch['single'] {
  const way = path.split('.');
  return (steps, raw, line) => {
    let shared = 0;
    while (shared < way.length && shared < steps.length - 1 && String(steps[shared]) === way[shared]) shared++;
    if (leadsToPage(steps.slice(shared), raw))
      throw holdFile('file-of-one-page', { member: quote(pathOf(steps)) }, { line });
  };
}
