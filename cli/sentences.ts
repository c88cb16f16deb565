// Sentences for the terminal: those of the product, and those of the commands themselves.
import { english } from '../shared/messages/english';
import { tablesOf, tellBy } from '../shared/messages/catalogue';
import { cliMessages } from './cli-messages';

/** The sentence of a message. */
export const sentenceOf = tellBy([...tablesOf(english), cliMessages]);
