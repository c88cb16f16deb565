// Codes of the guard: what holds a file for what it would do, and what only warns. The English is in guard-messages.ts.
import { finding, hold } from '../core/codes';
import type { Tripped } from './tripped';

/** Codes of the guard; `tripped` has every limit that tripped, never a person. */
export const guardCodes = {
  'guard-tripped': hold<{ tripped: readonly Tripped[] }>(),
  'guard-off-not-here': hold(),
  'guard-warned': finding<{ tripped: readonly Tripped[] }>(),
};
