// `rollcall doctor --json`: a public interface.
import { FINDING_LEVELS, type Finding } from '../shared/doctor/finding';
import type { SourceSettings } from '../shared/source/source-settings';
import { cureOf, sentenceOf } from './sentences';

/** Findings in the order of the checks, and how many there are of each level. */
export const doctorJson = ({ name, job }: SourceSettings, findings: readonly Finding[]) => ({
  source: name,
  job,
  counts: Object.fromEntries(
    FINDING_LEVELS.map((level) => [level, findings.filter((finding) => finding.level === level).length]),
  ),
  findings: findings.map(({ check, level, message }) => ({
    check,
    level,
    code: message.code,
    message: sentenceOf(message),
    cure: cureOf(message.code),
    values: message.values,
  })),
});
