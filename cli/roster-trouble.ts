// A roster that cannot be read or written, as a message for whoever called the command.
import { FileHold, RollcallError } from '../shared/core/errors';
import { rosterCodes } from '../shared/roster/roster-codes';

/** Runs `work`; throws `FileHold` with the code of the roster for a fault of one. */
export async function inRosterWords<T>(work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    if (error instanceof RollcallError && error.code in rosterCodes) throw new FileHold(error.code, {});
    throw error;
  }
}
