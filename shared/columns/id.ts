// The id of a person: its text in a row, when two ids mean one person, and what is wrong with the form of an id: what Excel does to ids, and
// the form that the source declares (`id.pattern`).
import { textOf, type RawValue } from './record-value';
import { compileIdPattern, maxIdChars } from './id-pattern';

/** The text of an id, without outer spaces: digits for a JSON number, '' for a value that is no id (blank, a list, an object). */
export const idTextOf = (raw: RawValue): string => textOf(raw)?.trim() ?? '';

/** The key under which ids are compared: ids that differ only in case, spaces or leading zeros are one person. */
export const foldId = (id: string): string =>
  id
    .replace(/\s+/g, '')
    .toLowerCase()
    .replace(/^0+(?=.)/, '');

/** Longest time for the ids of one file, ms: a million simple ones take less than two seconds. Our choice, 2026-11. */
export const idMatchBudgetMs = 10_000;

/** Most leading zeros that are tried with an id that does not fit its form. Our choice, 2026-11: ids of HR systems have 5 to 12 digits. */
const maxLostZeros = 12;

// Excel always writes the sign of the exponent; 1E5 may be a real id.
const scientific = /^[+-]?\d(?:[.,]\d+)?E[+-]\d+$/i;

// ="00123": written so that Excel keeps the zeros, but other programs take all of it for the id.
const textFormula = /^="[^"]*"$/;

// 5001.0: a program took the id for a number with decimals (pandas, where a column has gaps). 1,001 and 1 001: for an amount. '00123: the
// apostrophe with which Excel keeps a text.
const asDecimal = /^(\d+)\.0+$/;
const asAmount = /^\d{1,3}(?:[, \u00a0\u202f]\d{3})+$/;
const withApostrophe = /^['’](\d+)$/;

/** The id that a program has written as a number, or null if it does not look so. */
function idOfNumber(id: string): string | null {
  const digits = asDecimal.exec(id)?.[1] ?? withApostrophe.exec(id)?.[1];
  return digits ?? (asAmount.test(id) ? id.replace(/\D/g, '') : null);
}
/**
 * Characters that no id has, and that nobody sees: controls such as line ends and tabs, Unicode's own line ends, half a surrogate pair. An id with one
 * was cut or joined wrongly on its way, and another reader may leave the character out.
 */
const UNSEEN = /[\p{Cc}\p{Cs}\p{Zl}\p{Zp}]/u;

/** ASCII letters, digits and underscores: nothing that a program does to an id leaves only these. Nearly all ids have no others. */
const PLAIN = /^\w*$/;

/** The trouble with an id, by code. `id-pattern-slow` is about the pattern: the file cannot be read with it. */
export type IdTrouble =
  | { readonly code: 'id-with-control-characters' | 'id-in-scientific-notation' | 'id-as-formula' | 'id-of-wrong-form' }
  | { readonly code: 'id-too-long'; readonly chars: number }
  | { readonly code: 'id-lost-zeros' | 'id-as-number'; readonly restored: string }
  | { readonly code: 'id-pattern-slow'; readonly ids: number };

/** What a program has made of an id that it took for a number or a formula; null if it does not look so. */
function damageOf(id: string): IdTrouble | null {
  if (scientific.test(id)) return { code: 'id-in-scientific-notation' };
  if (textFormula.test(id)) return { code: 'id-as-formula' };
  const restored = idOfNumber(id);
  return restored === null ? null : { code: 'id-as-number', restored };
}

/**
 * Makes the judge of one file's ids, against a valid pattern if there is one. It returns null for a sound id; a blank one is sound. `now`: ms.
 */
export const createIdJudge = (
  pattern: string | null,
  now: () => number = () => performance.now(),
): ((id: string) => IdTrouble | null) => {
  const form = pattern === null ? null : compileIdPattern(pattern);
  // The settings' check refuses such a pattern; here no id fits it.
  const fits = form?.ok === true ? form.fits : () => false;
  let spentMs = 0;
  let ids = 0;

  const judge = (id: string): IdTrouble | null => {
    const isPlain = PLAIN.test(id);
    if (!isPlain && UNSEEN.test(id)) return { code: 'id-with-control-characters' };
    if (form !== null && fits(id)) return null;
    const damage = isPlain ? null : damageOf(id);
    if (damage !== null || form === null) return damage;
    for (let zeros = 1; zeros <= maxLostZeros; zeros++) {
      const restored = '0'.repeat(zeros) + id;
      if (fits(restored)) return { code: 'id-lost-zeros', restored };
    }
    return { code: 'id-of-wrong-form' };
  };
  const tooLong = ({ length: chars }: string): IdTrouble | null =>
    chars > maxIdChars ? { code: 'id-too-long', chars } : null;
  // Each match ends, but a pattern near the limits takes so long that a large file would never end.
  const timed = (id: string): IdTrouble | null => {
    const startedAt = now();
    const trouble = judge(id);
    spentMs += now() - startedAt;
    ids++;
    return spentMs < idMatchBudgetMs ? trouble : { code: 'id-pattern-slow', ids };
  };
  const ofForm = form === null ? judge : timed;
  return (id) => (id === '' ? null : (tooLong(id) ?? ofForm(id)));
};
