// The lint of the settings as findings of a check: a warning if something is lost whatever the job looks like, otherwise a note.
import type { Finding } from '../../export/export-record';
import { lintSourceSettings } from '../../source/lint-source-settings';
import type { SourceCode } from '../../source/source-codes';
import type { SourceSettings } from '../../source/source-settings';

/** What the service is certain to ignore, what is guessed, a job that does not exist yet, and a guard that guards nothing; everything else depends on the job or may be intended. */
const LOSSES: ReadonlySet<SourceCode> = new Set([
  'lint-not-work',
  'lint-second-work',
  'lint-clear-in-list',
  'lint-placeholder',
  'lint-two-digit-year',
  'lint-extension-urn',
  'lint-guard-off',
  'lint-guard-weak',
]);

/** Findings about valid settings, each with its JSON path among its values. */
export const findingsOfSettings = (settings: SourceSettings): readonly Finding[] =>
  lintSourceSettings(settings).map(({ code, values }) => ({
    severity: LOSSES.has(code) ? 'warning' : 'note',
    code,
    values,
    line: null,
    column: null,
    id: null,
  }));
