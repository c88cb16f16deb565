// A fault as it may be told. The words of an error of ours hold no personal data (CONTRIBUTING.md); those of a library may quote what it was
// given, so only its name and the places in the code are told.
import { RollcallError } from '../../shared/core/errors';
import type { Fault } from './telemetry-record';

/** The most frames of a stack that are told. */
const MAX_FRAMES = 20;

export function faultOf(thrown: unknown): Fault {
  if (!(thrown instanceof Error)) return { type: 'unknown', message: null, stack: '' };
  const frames = (thrown.stack ?? '').split('\n').filter((line) => /^\s+at /.test(line));
  return {
    type: thrown instanceof RollcallError ? thrown.code : thrown.name,
    message: thrown instanceof RollcallError ? thrown.message : null,
    stack: frames.slice(0, MAX_FRAMES).join('\n'),
  };
}
