// A plan, or why there is none, before it is written for people or for programs.
import type { Finding } from '../shared/export/export-record';
import type { HoldReason } from '../shared/pipeline/check/check-file';
import type { PlanOfFile } from '../shared/pipeline/plan/plan-file';
import type { ValuesOf } from '../shared/core/codes';
import type { cliCodes } from './cli-codes';
import type { LocalFile } from './local-file';
import type { PlanPaths } from './plan-files';
import type { PlanInputs } from './plan-inputs';

/** A file that was planned. */
export interface PlannedReport {
  readonly kind: 'planned';
  readonly file: LocalFile;
  readonly inputs: PlanInputs;
  readonly plan: PlanOfFile;
  readonly paths: PlanPaths;
}

/** `not-planned`: something else than the guard holds it, or the question cannot be answered; what was not reached is null. */
export type PlanReport =
  | PlannedReport
  | {
      readonly kind: 'not-planned';
      /** As it was given. */
      readonly path: string;
      readonly file: LocalFile | null;
      readonly inputs: PlanInputs | null;
      readonly reason: HoldReason;
    };

/** What was found about the file, the settings and the question itself. */
export function findingsOfPlan({ inputs, plan }: PlannedReport): readonly Finding[] {
  const note = { severity: 'note', line: null, column: null, id: null } as const;
  const files: ValuesOf<typeof cliCodes, 'plan-files-unsettled'> = { files: inputs.compared.unsettled };
  return [
    ...(inputs.comparedWith === 'nothing' ? [{ ...note, code: 'plan-against-nothing', values: {} }] : []),
    ...(files.files > 0 ? [{ ...note, code: 'plan-files-unsettled', values: files }] : []),
    ...plan.findings,
  ];
}
