// Where a command writes: handed in, so that tests read it and nothing but the entry knows the process.
/** Text goes out in the order of the calls; each resolves when there is room for more. */
export interface Terminal {
  /** What was asked for. */
  out(text: string): Promise<void>;
  /** Everything else: progress, errors, remarks. */
  err(text: string): Promise<void>;
  /** True if a progress bar may be drawn: standard error is a terminal. */
  readonly isInteractive: boolean;
}

/** What the exit code says; stable, for scripts. */
export const exitCodes = {
  /** Nothing to correct (notes alone are clean). */
  clean: 0,
  /** Rejected rows or warnings. */
  findings: 1,
  /** The file is held or cannot be read, or the command was called wrongly. */
  held: 2,
} as const;

/** Text for a terminal: control characters other than line ends could rewrite what stands on the screen. */
export const plainText = (text: string): string =>
  text.replace(/(?!\n)[\p{Cc}\u2028\u2029\u202a-\u202e\u2066-\u2069]/gu, '?');
