// A command in which a person decides about one run: its argument, its options, and where its storage is.
import type { Command } from 'commander';
import { dataOption, storageNamed, storageOption, toReason, type NamedStorage } from './options';

/** The words of such a command. */
export interface DecisionWords {
  readonly decision: string;
  readonly summary: string;
  readonly description: string;
  /** What becomes of the reason. */
  readonly reason: string;
  readonly help: string;
}

/** What was typed. */
export interface TypedDecision extends NamedStorage {
  readonly run: string;
  readonly reason: string;
  readonly json: boolean;
}

interface DecisionFlags {
  readonly reason: string;
  readonly storage?: string;
  readonly data?: string;
  readonly json?: true;
}

/** Adds the command; `act` is called with what was typed. */
export function addDecision(
  program: Command,
  { decision, summary, description, reason: why, help }: DecisionWords,
  act: (typed: TypedDecision) => Promise<void>,
): void {
  program
    .command(decision)
    .summary(summary)
    .description(description)
    .argument('<run>', 'id of the run, as `rollcall status` lists it')
    .requiredOption('--reason <text>', why, toReason)
    .addOption(storageOption())
    .addOption(dataOption())
    .option('--json', 'print one JSON object instead of text')
    .addHelpText('after', help)
    .action((run: string, flags: DecisionFlags, command: Command) => {
      const { reason, json = false } = flags;
      return act({ run, reason, json, ...storageNamed(command, flags) });
    });
}
