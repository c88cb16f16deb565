// The dates of a column, each with the status words of its rows: whether a day has passed is known only when the form of the dates is.
import { foldStatusWord } from '../../shared/columns/fold';
import { compileDate } from '../../shared/mapping/date-value';
import type { DateGuess } from './guess-date-format';

/** Different dates that are remembered: a century of days is 36,525. */
const MAX_DATES = 50_000;

/** Collects the dates of one column. */
export class DatedWords {
  private readonly words = new Map<string, Map<string, number>>();

  add(date: string, word: string): void {
    if (date === '' || (this.words.size >= MAX_DATES && !this.words.has(date))) return;
    const rows = this.words.get(date) ?? new Map<string, number>();
    const folded = foldStatusWord(word);
    rows.set(folded, (rows.get(folded) ?? 0) + 1);
    this.words.set(date, rows);
  }

  /** The status words (folded) of the rows whose day `isMeant`, and how many rows have each. None if the dates have no known form. `day`: yyyy-MM-dd. */
  wordsWhere(guess: DateGuess, isMeant: (day: string) => boolean): ReadonlyMap<string, number> {
    const found = new Map<string, number>();
    if (guess.kind !== 'format') return found;
    const read = compileDate({ format: guess.format }, 'entra');
    for (const [date, words] of this.words) {
      const reading = read(date);
      if (!reading.ok || !isMeant(reading.text.slice(0, 'yyyy-MM-dd'.length))) continue;
      for (const [word, rows] of words) found.set(word, (found.get(word) ?? 0) + rows);
    }
    return found;
  }
}
