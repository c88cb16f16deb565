// Words with which HR systems say that a person works here, or has left. Whole words, compared like status words of a source.
import { foldStatusWord } from '../../shared/columns/fold';
import { ownName, plainName } from './column-readings';

/** What a status word seems to mean; `isSure` words are unambiguous in all four languages. */
export interface StatusReading {
  readonly active: boolean;
  readonly isSure: boolean;
}

const split = (list: string): readonly string[] => list.split('|').map((word) => word.trim());

const SURE: readonly (readonly [active: boolean, list: readonly string[]])[] = [
  [
    true,
    split(`active | employed | current | on leave | leave of absence | maternity leave | parental leave | probation | aktiv
      | beschäftigt | angestellt | beurlaubt | elternzeit | mutterschutz | probezeit | actif | active | en poste |
      en activité | présent | en congé | congé maternité | congé parental | activo | activa | en activo | de alta |
      empleado | en excedencia`),
  ],
  [
    false,
    split(`inactive | terminated | left | leaver | resigned | retired | dismissed | deceased | former | separated | inaktiv
      | ausgeschieden | ausgetreten | entlassen | pensioniert | verstorben | im ruhestand | inactif | inactive | sorti
      | sortie | parti | partie | licencié | licenciée | retraité | retraitée | démissionnaire | décédé | inactivo |
      inactiva | cesado | despedido | jubilado | jubilada | fallecido | tobedeleted`),
  ],
];

/** Read so, and asked about. */
const UNSURE: readonly (readonly [active: boolean, list: readonly string[]])[] = [
  [true, split('a | true | wahr | vrai | verdadero | enabled | alta | hired | suspended | ruhend | garden leave')],
  [
    false,
    split('i | false | falsch | faux | falso | disabled | baja | de baja | gekündigt | leaving | ended | exited'),
  ],
];

const readings = new Map<string, StatusReading>(
  [
    ...UNSURE.map(([active, list]) => [active, false, list] as const),
    ...SURE.map(([active, list]) => [active, true, list] as const),
  ].flatMap(([active, isSure, list]) => list.map((word) => [foldStatusWord(word), { active, isSure }] as const)),
);

/** Answers mean what the name of their column asks: `Active: Y`, `Terminated: Y`. Under another name they have two readings. */
const YES: ReadonlySet<string> = new Set(
  split('y | yes | ja | j | oui | o | si | sí | s | true | wahr | vrai | verdadero | t | 1 | x').map(foldStatusWord),
);
const NO: ReadonlySet<string> = new Set(
  split('n | no | nein | non | false | falsch | faux | falso | f | 0').map(foldStatusWord),
);

const ASKS_ACTIVE: ReadonlySet<string> = new Set(
  split(`active | is active | enabled | is enabled | enabled user | account enabled | employed | currently employed | current | aktiv |
    actif | activo`).map(plainName),
);
const ASKS_GONE: ReadonlySet<string> = new Set(
  split(`inactive | is inactive | terminated | is terminated | leaver | has left | left | disabled | is disabled | deleted | is deleted |
    inaktiv | ausgeschieden | inactif | inactivo`).map(plainName),
);

/** True if a `yes` in the column means active, false if it means inactive; null if the name of the column asks nothing. */
export function asksForActive(column: string, arePaths: boolean): boolean | null {
  const name = ownName(column, arePaths);
  return ASKS_ACTIVE.has(name) ? true : ASKS_GONE.has(name) ? false : null;
}

/** True of a word that answers a question with yes. */
export const isYes = (word: string): boolean => YES.has(foldStatusWord(word));

/** True of a word that answers it with no. */
export const isNo = (word: string): boolean => NO.has(foldStatusWord(word));

/**
 * What a word of a status column seems to mean; null if that is unknown, or if it has two readings: `Y` under "Status", or `t`, which is "true"
 * or "terminated". `words`: all words of the column; `asks` as `asksForActive` gives it.
 */
export function readStatusWord(word: string, asks: boolean | null, words: readonly string[]): StatusReading | null {
  const folded = foldStatusWord(word);
  const others = words.map(foldStatusWord);
  if (folded === 't' && !others.includes('f')) {
    // Beside A or L it is a code like them.
    const isCode = others.some((other) => !YES.has(other) && !NO.has(other));
    return isCode ? { active: false, isSure: false } : null;
  }
  if (asks !== null && (YES.has(folded) || NO.has(folded))) return { active: YES.has(folded) === asks, isSure: false };
  return readings.get(folded) ?? null;
}
