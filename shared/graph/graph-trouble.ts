// Which codes say that Graph, or the credential for it, is at fault: for all runs alike, and not for good.
import { credentialCodes } from './credential-codes';
import { graphCodes } from './graph-codes';

/** True for the codes of both tables. */
export const isTroubleOfGraph = (code: string): boolean =>
  Object.hasOwn(graphCodes, code) || Object.hasOwn(credentialCodes, code);
