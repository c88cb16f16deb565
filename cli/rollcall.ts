#!/usr/bin/env node
// The entry of `rollcall`: connects the commands with the process.
import { createInterface } from 'node:readline/promises';
import { RollcallError } from '../shared/core/errors';
import { runProgram } from './program';
import { exitCodes, type Terminal } from './terminal';

const writeTo = (stream: NodeJS.WriteStream) => (text: string) =>
  new Promise<void>((resolve, reject) => {
    stream.write(text, (error) => (error ? reject(error) : resolve()));
  });

async function askYes(question: string): Promise<boolean> {
  const lines = createInterface({ input: process.stdin, output: process.stderr });
  try {
    return /^\s*y(es)?\s*$/i.test(await lines.question(`${question} [y/N] `));
  } finally {
    lines.close();
  }
}

const terminal: Terminal = {
  out: writeTo(process.stdout),
  err: writeTo(process.stderr),
  isInteractive: process.stderr.isTTY,
  ...(process.stdin.isTTY ? { confirm: askYes } : {}),
};

const isClosedPipe = (error: unknown): boolean => error instanceof Error && 'code' in error && error.code === 'EPIPE';

// The failed write reports it as well; without a listener the process would end with a stack trace.
process.stdout.on('error', () => undefined);

// Ending by `exit` lets the spools remove themselves. 128 + the signal number, as in shells.
process.once('SIGINT', () => process.exit(130));
process.once('SIGTERM', () => process.exit(143));

runProgram(process.argv.slice(2), terminal).then(
  (exitCode) => (process.exitCode = exitCode),
  async (error: unknown) => {
    process.exitCode = exitCodes.held;
    // `rollcall check … | head` closes the pipe early: that is not a fault.
    if (isClosedPipe(error)) return;
    const code = error instanceof RollcallError ? ` [${error.code}]` : '';
    const message = error instanceof Error ? error.message : String(error);
    await terminal.err(
      `rollcall: ${message}${code}\nThis is a fault of rollcall, not of your file. Please report it.\n`,
    );
  },
);
