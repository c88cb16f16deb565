// What `rollcall disable` has done: as text for people, and as JSON, which is a public interface.
import type { DisableOrder, OnItsWay, Ordered } from '../shared/pipeline/disable/disable-person';
import { dateOf } from '../shared/roster/roster-entry';
import { fileOf } from './figures';

/** The lines. `isRunning`: false if the machine of a folder does not run; `sameStorage`: that of the command. */
export function* disableText(
  { source, id }: DisableOrder,
  done: Ordered,
  { isRunning, sameStorage }: { readonly isRunning: boolean; readonly sameStorage: string },
): Generator<string> {
  if (done.kind === 'under-way') yield `${source}: run ${done.run} is disabling ${id} already; nothing was added.`;
  else {
    yield `${source}: run ${done.run} disables ${id}. Leavers are sent before everything else.`;
    yield `  It sends the record that Entra was confirmed on ${dateOf(done.confirmedOn)} to hold, with active = false.`;
    for (const other of done.others) yield `  ${lineOf(other)}`;
  }
  if (!isRunning)
    yield '  The machine of this folder is not running: it sends the record when it is started (npm run local -- --data DIR).';
  yield `  Follow it with: rollcall status ${done.run}${sameStorage}`;
  yield '  The next file from HR that lists the person as active enables the account again. To prevent that, make sure that HR';
  yield '  marks the person as a leaver; or, once the account is disabled, put the person on the hold list.';
}

function lineOf({ run, isRead }: OnItsWay): string {
  const name = `${fileOf(run)} (run ${run.run}, ${run.state})`;
  return isRead
    ? `A record of the person in ${name} may still be sent; this one goes after it.`
    : `${name} has not been read yet and may have a row for the person; this run is newer, so it wins.`;
}

/** The object. */
export const disableJson = ({ source, id, by }: DisableOrder, done: Ordered, isRunning: boolean) => ({
  source,
  person: id,
  by,
  run: done.run,
  isNew: done.kind === 'made',
  confirmedOn: done.kind === 'made' ? dateOf(done.confirmedOn) : null,
  onItsWay:
    done.kind === 'made' ? done.others.map(({ run, isRead }) => ({ run: run.run, state: run.state, isRead })) : [],
  isMachineRunning: isRunning,
});
