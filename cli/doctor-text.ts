// `rollcall doctor` as text for people: what is wrong first, what is right last.
import { grouped } from '../shared/core/english';
import { FINDING_LEVELS, type Finding, type FindingLevel } from '../shared/doctor/finding';
import type { SourceSettings } from '../shared/source/source-settings';
import { cureOf, sentenceOf } from './sentences';

const HEADS: Readonly<Record<FindingLevel, string>> = {
  wrong: 'Wrong',
  warning: 'To be decided',
  'not-checked': 'Not checked',
  ok: 'Right',
};

/** The lines. Findings of one level and one sentence are told once. */
export function* doctorText({ name, job }: SourceSettings, findings: readonly Finding[]): Generator<string> {
  yield `${name}: job ${job.jobId} of ${job.servicePrincipalId}`;
  for (const level of FINDING_LEVELS) {
    const all = findings.filter((finding) => finding.level === level);
    if (all.length === 0) continue;
    yield `\n${HEADS[level]}: ${grouped(all.length)}`;
    for (const [sentence, these] of bySentence(all)) {
      const checks = these.map(({ check }) => check).join(', ');
      yield `  ${checks}: ${sentence} [${these[0]?.message.code ?? ''}]`;
      const cure = level === 'ok' ? null : cureOf(these[0]?.message.code ?? '');
      if (cure !== null) yield `    What to do: ${cure}`;
    }
  }
}

function bySentence(findings: readonly Finding[]): ReadonlyMap<string, readonly Finding[]> {
  const found = new Map<string, Finding[]>();
  for (const finding of findings) {
    const sentence = sentenceOf(finding.message);
    found.set(sentence, [...(found.get(sentence) ?? []), finding]);
  }
  return found;
}
