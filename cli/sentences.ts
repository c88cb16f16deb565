// Sentences for the terminal: those of the product, and those of the commands themselves.
import { language } from '../shared/messages/language';
import { cureBy, tablesOf, tellBy } from '../shared/messages/catalogue';
import { cliMessages } from './cli-messages';

const tables = [...tablesOf(language), cliMessages];

/** The sentence of a message. */
export const sentenceOf = tellBy(tables);

/** What to do about a code; null for a code that is in no table. */
export const cureOf = cureBy(tables);
