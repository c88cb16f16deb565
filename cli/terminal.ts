// Where a command writes: passed in, so that tests can read it and only the entry touches the process.
/** Text goes out in the order of the calls; each resolves when there is room for more. */
export interface Terminal {
  /** The requested output. */
  out(text: string): Promise<void>;
  /** Everything else: progress, errors, remarks. */
  err(text: string): Promise<void>;
  /** True if a progress bar may be drawn: standard error is a terminal. */
  readonly isInteractive: boolean;
  /** Asks whether to go on; not there where nobody can answer. */
  readonly confirm?: (question: string) => Promise<boolean>;
}

/** The meaning of the exit codes; stable, for scripts. */
export const exitCodes = {
  /** Nothing to correct (notes alone are clean). */
  clean: 0,
  /** Rejected rows or warnings. */
  findings: 1,
  /** The file is held or cannot be read, or the arguments are wrong. */
  held: 2,
} as const;

/** Text for a terminal: control characters other than line ends could rewrite what is on the screen. */
export const plainText = (text: string): string =>
  text.replace(/(?!\n)[\p{Cc}\u2028\u2029\u202a-\u202e\u2066-\u2069]/gu, '?');
