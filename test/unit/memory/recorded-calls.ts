// The calls of an in-memory port: how often, for what, and a hook with which a test makes a call fail or changes something first.

/** `key` names what the call was about: a run, a batch, a file, a job. */
export interface Call {
  readonly method: string;
  readonly key: string;
}

/** The calls of one port, in order. */
export class RecordedCalls {
  readonly made: Call[] = [];
  /** Runs before a call takes effect. It may throw (storage fails) or change what is stored (another process was faster). */
  before: (call: Call) => void | Promise<void> = () => undefined;

  /** Ports call this first. It takes one turn of microtasks, as every port does. */
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
