// How a command is added to the program: the options and the help of a command are in a file of its own. A command that opens
// storage loads its work when it is called: the clients of Azure take 0.7 s to load (measured, 2026-11), and help, `check` and `init` need none.
import type { Command } from 'commander';
import type { Terminal } from './terminal';

/** Adds a command (or two that belong together) to the program; when it has run, `end` is told its exit code. */
export type AddCommand = (program: Command, terminal: Terminal, end: (exitCode: number) => void) => void;
