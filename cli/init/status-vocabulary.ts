// Words with which HR systems say that a person works here, or has left. Whole words, compared like status words of a source.
import { foldStatusWord } from '../../shared/columns/fold';

/** What a status word seems to mean; `isSure` words are unambiguous in all four languages. */
export interface StatusReading {
  readonly active: boolean;
  readonly isSure: boolean;
}

const split = (list: string): readonly string[] => list.split('|').map((word) => word.trim());

const words: readonly (readonly [active: boolean, isSure: boolean, list: readonly string[]])[] = [
  [
    true,
    true,
    split(`active | employed | current | on leave | leave of absence | maternity leave | parental leave | probation | aktiv
      | beschäftigt | angestellt | beurlaubt | elternzeit | mutterschutz | probezeit | actif | active | en poste |
      en activité | présent | en congé | congé maternité | congé parental | activo | activa | en activo | de alta |
      empleado | en excedencia`),
  ],
  [
    false,
    true,
    split(`inactive | terminated | left | leaver | resigned | retired | dismissed | deceased | former | separated | inaktiv
      | ausgeschieden | ausgetreten | entlassen | pensioniert | verstorben | im ruhestand | inactif | inactive | sorti
      | sortie | parti | partie | licencié | licenciée | retraité | retraitée | démissionnaire | décédé | inactivo |
      inactiva | cesado | despedido | jubilado | jubilada | fallecido`),
  ],
  [
    true,
    false,
    split(`a | 1 | y | yes | ja | j | oui | o | si | sí | s | true | wahr | vrai | enabled | alta | hired | suspended |
      ruhend | garden leave`),
  ],
  [
    false,
    false,
    split(`i | 0 | n | no | nein | non | false | falsch | faux | disabled | baja | de baja | t | l | x | gekündigt |
      leaving | ended | exited`),
  ],
];

const readings = new Map<string, StatusReading>(
  words.flatMap(([active, isSure, list]) => list.map((word) => [foldStatusWord(word), { active, isSure }] as const)),
);

/** What the word seems to mean; null if unknown. */
export const readStatusWord = (word: string): StatusReading | null => readings.get(foldStatusWord(word)) ?? null;
