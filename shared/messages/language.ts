// The language in which everything is told. A second one is a file beside english.ts with tables of its own; it is chosen here.
import { english } from './english';
import type { Language } from './language-parts';

/** The language of reports, terminals and pages. */
export const language: Language = english;
