// What needs a person, as a message with its subject: shared by the text and the JSON of `rollcall status`.
import type { Message } from '../shared/core/message';
import { decisionOf, type DecisionNeeded } from '../shared/pipeline/status/held-decision';
import type { Need } from '../shared/pipeline/status/needs';
import { shownState, type Run } from '../shared/run/run';
import { fileOf } from './figures';
import { cureOf, sentenceOf } from './sentences';

/** What it is about, what is wrong, and what to do. */
export interface ToldNeed {
  readonly about: string;
  readonly code: string;
  readonly sentence: string;
  /** Null for a code of another version. */
  readonly cure: string | null;
  /** Null unless a held run waits for a yes or a no. */
  readonly decide: ToldDecision | null;
}

/** A decision that a person must make, and the commands that make it. */
export interface ToldDecision extends DecisionNeeded {
  readonly approve: string;
  readonly refuse: string;
}

/** Null if no person can let the run go. `sameStorage`: that of the command, so that the commands work as they are shown, with a reason. */
export function tellDecision(run: Run, sameStorage: string): ToldDecision | null {
  const decision = decisionOf(run);
  const command = (word: string): string => `rollcall ${word} ${run.run} --reason "…"${sameStorage}`;
  return decision && { ...decision, approve: command('approve'), refuse: command('refuse') };
}

/** Puts a need into words; `sameStorage` as in `tellDecision`. */
export function tellNeed(need: Need, sameStorage: string): ToldNeed {
  const { about, message } = messageOf(need);
  const decide = need.kind === 'run' ? tellDecision(need.run, sameStorage) : null;
  return { about, code: message.code, sentence: sentenceOf(message), cure: cureOf(message.code), decide };
}

const nameOf = (run: Run): string => `${run.source}/${fileOf(run)}, run ${run.run}`;

function messageOf(need: Need): { readonly about: string; readonly message: Message } {
  switch (need.kind) {
    case 'run':
      return {
        about: `${nameOf(need.run)}, is ${shownState(need.run)}`,
        message: need.run.stop?.reason ?? need.run.reason ?? NO_REASON,
      };
    case 'gate':
      return { about: `tenant ${need.tenant}`, message: { code: need.closure.code, values: {} } };
    case 'job':
      return { about: `job ${need.job.jobId}`, message: { code: need.code, values: {} } };
    case 'credential':
      return { about: `tenant ${need.tenant}`, message: { code: 'credential-ends', values: { at: need.endsAt } } };
    case 'poison':
      return {
        about: `queue ${need.queue}`,
        message: { code: 'poison-waiting', values: { queue: need.queue, messages: need.messages } },
      };
    case 'kept':
      return {
        about: 'container evidence, folder _poison',
        message: { code: 'messages-kept', values: { messages: need.messages } },
      };
    case 'silent':
      return {
        about: nameOf(need.run),
        message: { code: 'intake-silent', values: { state: need.run.state, since: need.run.heartbeatAt } },
      };
    case 'dates':
      return { about: need.source, message: { code: 'dates-overdue', values: { since: need.since } } };
    case 'overdue':
      return { about: need.source, message: { code: 'file-overdue', values: { since: need.since } } };
    case 'log':
      return {
        about: `job ${need.job.jobId}`,
        message: { code: 'log-not-read', values: { since: need.readUntil } },
      };
  }
}

/** A run of another version may have none. */
const NO_REASON: Message = { code: '', values: {} };

/** How a decision is made, as lines of text. */
export function* decisionLines(decision: ToldDecision, indent: string): Generator<string> {
  const { plan, hasPlan, approve, refuse } = decision;
  if (!hasPlan)
    yield `${indent}It was not read to its end, so there is no plan. Find out why it came, then say yes or no:`;
  else if (plan === null) yield `${indent}Its plan is not written yet. Look at it, then say yes or no:`;
  else yield `${indent}Look at reports/${plan}, then say yes or no:`;
  yield `${indent}  ${approve}`;
  yield `${indent}  ${refuse}`;
}
