// The licence: it decides how many calls a day the service takes. Nothing is made.
import { licenceOfSkus, type Licence } from '../graph/licence';
import { MAX_CALLS_PER_DAY } from '../graph/limits';
import { say } from './say';
import type { SetupContext, SetupStep } from './setup-step';

/** Reads it from the tenant. Rejects with `ManagementTrouble`. */
export const readLicence = async ({ graph }: Pick<SetupContext, 'graph'>): Promise<Licence> =>
  licenceOfSkus(await graph.list('/v1.0/subscribedSkus'));

/** The step. */
export const licenceStep: SetupStep = {
  name: 'licence',
  isNeeded: false,
  async look(context) {
    const licence = await readLicence(context);
    const callsPerDay = licence === 'none' ? 0 : MAX_CALLS_PER_DAY[licence];
    return {
      state: licence === 'none' ? 'needs-other' : 'unchanged',
      say: () => say('setup-licence', { licence, callsPerDay }),
    };
  },
  make: () => Promise.resolve(),
  takeBack: null,
};
