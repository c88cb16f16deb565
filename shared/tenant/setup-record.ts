// The record of a set-up: what this command has made, or was about to make when its process ended. It is written before and after each change, so
// that a second start goes on where the first one ended, and `--undo` takes back nothing that it did not make.
import type { JsonObject } from '../core/json-value';
import { isObject, textOf } from '../graph/loose-json';
import type { StepName } from './step-names';

/** Where the record is kept, as text; null if there is none. */
export interface SetupRecordFile {
  read(): Promise<string | null>;
  write(text: string): Promise<void>;
  remove(): Promise<void>;
}

/** What a set-up is about: a record of another tenant or another application is not its record. */
export interface SetupSubject {
  readonly graph: string;
  readonly name: string;
  readonly target: string;
}

const VERSION = 1;

/** The record, read once; each change is written before the call resolves. */
export class SetupRecord {
  private constructor(
    private readonly file: SetupRecordFile,
    readonly subject: SetupSubject,
    private readonly made: Map<StepName, JsonObject>,
  ) {}

  /** The record that is kept; null if there is none, or none that can be read. */
  static async find(file: SetupRecordFile): Promise<SetupRecord | null> {
    const kept = parse(await file.read());
    return kept === null ? null : new SetupRecord(file, kept.subject, kept.made);
  }

  /** An empty one. Nothing is written before there is something to note. */
  static begin(file: SetupRecordFile, subject: SetupSubject): SetupRecord {
    return new SetupRecord(file, subject, new Map());
  }

  /** What a step has made or was about to make; null if nothing. */
  of(step: StepName): JsonObject | null {
    return this.made.get(step) ?? null;
  }

  /** Notes it. */
  async note(step: StepName, made: JsonObject): Promise<void> {
    this.made.set(step, made);
    await this.save();
  }

  /** It was taken back. With the last one the file goes. */
  async forget(step: StepName): Promise<void> {
    this.made.delete(step);
    await this.save();
  }

  private save(): Promise<void> {
    if (this.made.size === 0) return this.file.remove();
    const kept = { version: VERSION, ...this.subject, made: Object.fromEntries(this.made) };
    return this.file.write(`${JSON.stringify(kept, null, 2)}\n`);
  }
}

function parse(text: string | null): { subject: SetupSubject; made: Map<StepName, JsonObject> } | null {
  if (text === null) return null;
  const kept: unknown = JSON.parse(text);
  if (!isObject(kept) || kept['version'] !== VERSION || !isObject(kept['made'])) return null;
  const subject = { graph: textOf(kept['graph']), name: textOf(kept['name']), target: textOf(kept['target']) };
  const entries = Object.entries(kept['made']).flatMap(([step, one]) =>
    isObject(one) ? [[step as StepName, one] as const] : [],
  );
  return { subject, made: new Map(entries) };
}
