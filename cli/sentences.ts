// Sentences for the terminal: those of the product, and those of the commands themselves.
import { language } from '../shared/messages/language';
import { tablesOf, tellBy } from '../shared/messages/catalogue';
import { cliMessages } from './cli-messages';

/** The sentence of a message. */
export const sentenceOf = tellBy([...tablesOf(language), cliMessages]);
