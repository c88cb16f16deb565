// The mistakes in the settings of a source (each holds every run of the source) and the warnings of the lint, with the values that each
// sentence needs. The English is in source-messages.ts.
import { finding, hold } from '../core/codes';
import type { PatternFault } from '../columns/linear-pattern';
import type { Quote } from '../core/message';
import type { JsonLimit } from './json-text';
import type { NotMappedReason } from '../scim/scim-schema';

/** How a member breaks the schema of the settings. */
export type FormMistake =
  | { rule: 'one-of'; allowed: readonly Quote[] }
  | { rule: 'type'; types: readonly string[] }
  | { rule: 'pattern'; pattern: Quote }
  | { rule: 'column-or-object' | 'false-or-object' | 'empty' | 'blank' | 'other' }
  | {
      rule: 'minLength' | 'maxLength' | 'minItems' | 'maxItems' | 'minimum' | 'maximum' | 'minProperties';
      limit: number;
    };

/** Of what the settings have too much. `line` and `column` are those of the place, where there is one. */
export type SettingsExcess =
  | { excess: 'bytes' | 'attributes' | 'expressions'; max: number }
  | { excess: JsonLimit; max: number; line: number; column: number };

/** Why a name is not an attribute that can be mapped. */
export type AttributeMistake =
  | { mistake: 'unknown'; name: Quote; similar: string | null }
  | { mistake: 'custom-form' }
  | { mistake: 'not-mapped'; reason: NotMappedReason };

/** The type or shape that an attribute has, unlike the value given. */
export type TypeMistake =
  | { expected: 'scim-type' | 'other-conversion' | 'type'; type: string }
  | { expected: 'single' | 'extension' }
  | { expected: 'list' | 'object'; attributes: readonly string[] };

/** Which members of an attribute exclude each other, or do nothing together. */
export type LeafClash =
  | {
      clash:
        | 'beside-const'
        | 'empty-text'
        | 'without-values'
        | 'beside-default'
        | 'not-user-name'
        | 'omit-user-name'
        | 'omit-unknown';
    }
  | { clash: 'omit-required'; member: 'required' | 'whenEmpty' }
  | { clash: 'not-manager' | 'looks-up-itself' }
  | { clash: 'excludes'; other: string }
  | { clash: 'required'; whenEmpty: string }
  | { clash: 'never-found'; reason: 'blank' | 'trimmed' | 'lower' | 'upper' };

/** Which parts of `active` exclude each other, or decide nothing. */
export type StatusClash =
  | { clash: 'without-column' | 'others-beside-active' | 'decides-nothing' | 'days-without-not-yet' }
  | { clash: 'same-column'; column: Quote }
  | { clash: 'blank-word'; word: Quote; blank: 'active' | 'inactive' };

/** Why a rule for lines cannot be meant: it is found in every line, in the header, in the trailer; or the trailer does not say a number of rows. */
export type LinesClash = { clash: 'every-line' | 'trailer' | 'no-count' } | { clash: 'header'; column: Quote };

/** Why `file.only` and `file.except` contradict each other or the status words, or say something twice. */
export type FilterClash =
  { clash: 'column-twice'; column: Quote } | { clash: 'both' | 'twice' | 'status-word'; value: Quote };

/** Why a rule for several rows of one person can never decide, or is of two kinds. `rule`: the number of the earlier one, from 1. */
export type RuleClash =
  | { clash: 'same'; rule: number }
  | { clash: 'status-words'; rule: number }
  | { clash: 'id-column' | 'nobody-inactive' }
  | { clash: 'beside-values'; member: string };

/** Why a function is not offered to expressions. */
export type ForbiddenReason = 'time' | 'chance' | 'evaluation' | 'zone';

/** What is wrong with a date format. The library's words are about the format alone. */
export type DateFormatMistake =
  | { mistake: 'letters' | 'twice'; letters: string }
  | { mistake: 'incomplete' | 'twelve-hours' }
  | { mistake: 'open-neighbours'; first: string; second: string }
  | { mistake: 'library'; words: Quote };

/** Codes of `SettingsProblem`: mistakes, which hold every run of the source, and warnings of the lint. */
export const sourceCodes = {
  'settings-not-json': hold<{ line: number; column: number }>(),
  'settings-too-large': hold<SettingsExcess>(),
  'settings-key-twice': hold(),
  'settings-member-missing': hold(),
  'settings-member-unknown': hold(),
  'settings-member-form': hold<FormMistake>(),
  'settings-name-differs': hold<{ folder: Quote }>(),
  'settings-status-overlap': hold<{ word: Quote; list: string }>(),
  'settings-status-source': hold<{ named: readonly string[]; isInList: boolean }>(),
  'settings-status-contradiction': hold<StatusClash>(),
  'settings-lookup-needs-full': hold(),
  'settings-placeholder': hold<{ text: Quote }>(),
  'settings-blank-word-used': hold<{ word: Quote; place: 'active' | 'values' | 'filter' | 'prefer' }>(),
  'settings-lines-clash': hold<LinesClash>(),
  'settings-filter-clash': hold<FilterClash>(),
  'settings-pattern-invalid': hold<{ fault: PatternFault }>(),
  'settings-alias-twice': hold<{ alias: Quote; column: Quote }>(),
  'settings-encoding-unknown': hold<{ encoding: Quote }>(),
  'settings-attribute-unknown': hold<AttributeMistake>(),
  'settings-extension-unknown': hold<{ mistake: 'core' | 'form' }>(),
  'settings-attribute-type': hold<TypeMistake>(),
  'settings-leaf-source': hold<{ named: readonly string[] }>(),
  'settings-leaf-contradiction': hold<LeafClash>(),
  'settings-expression-syntax': hold<{ words: Quote; position: number | null }>(),
  'settings-expression-deep': hold<{ max: number }>(),
  'settings-expression-forbidden': hold<{ name: string; reason: ForbiddenReason }>(),
  'settings-date-format': hold<DateFormatMistake>(),
  'settings-date-zone': hold<{ zone: Quote }>(),
  'settings-country-unknown': hold<{ country: Quote }>(),
  'settings-rule-contradiction': hold<RuleClash>(),
  'settings-limit-idle': hold(),
  'settings-limit-order': hold<{ warn: number; hold: number }>(),
  'lint-not-work': finding<{ path: string; isConst: boolean }>(),
  'lint-second-work': finding<{ path: string }>(),
  'lint-mail-not-written': finding<{ path: string }>(),
  'lint-clear-needs-null-flow': finding<{ path: string }>(),
  'lint-clear-in-list': finding<{ path: string }>(),
  'lint-not-in-default-mapping': finding<{ path: string; list: string }>(),
  'lint-placeholder': finding<{ path: string }>(),
  'lint-two-digit-year': finding<{ path: string }>(),
  'lint-member-idle': finding<{ path: string; format: 'csv' | 'json' }>(),
  'lint-missing-needs-full': finding<{ path: string }>(),
  'lint-no-inactive-words': finding<{ path: string }>(),
  'lint-extension-urn': finding<{ path: string }>(),
  'lint-no-user-name': finding<{ path: string }>(),
  'lint-active-not-first': finding<{ path: string }>(),
  'lint-guard-off': finding<{ path: string }>(),
  'lint-guard-weak': finding<{ path: string; percent: number | null }>(),
};

/** A code of this table. */
export type SourceCode = keyof typeof sourceCodes;
