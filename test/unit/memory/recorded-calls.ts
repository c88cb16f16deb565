// What was asked of an in-memory port: how often, for what, and a place from which a test makes a call fail or comes between.

/** `key` names what the call was about: a run, a batch, a file, a job. */
export interface Call {
  readonly method: string;
  readonly key: string;
}

/** The calls of one port, in order. */
export class RecordedCalls {
  readonly made: Call[] = [];
  /** Runs before a call takes effect. It may throw (storage fails) or change what is stored (somebody else was faster). */
  before: (call: Call) => void | Promise<void> = () => undefined;

  /** Ports call this first. One turn of microtasks passes, as with every port. */
  async enter(method: string, key: string): Promise<void> {
    const call = { method, key };
    this.made.push(call);
    await this.before(call);
  }

  /** How often a method was called, for everything or for one key. */
  count(method: string, key?: string): number {
    return this.made.filter((call) => call.method === method && (key === undefined || call.key === key)).length;
  }
}
