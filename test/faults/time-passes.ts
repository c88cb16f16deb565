// Time that passes for what is in storage: real processes have the computer's clock, and nobody waits for a day. What the product compares with
// its clock is made older instead.
import { DAY_MS } from '../../shared/core/clock';
import { azureRosterStore } from '../../shared/roster/azure-roster-store';
import { writeEntry } from '../../shared/roster/entry-bytes';
import { loadRoster } from '../../shared/roster/read-roster';
import { crcOf, entryBytesOf, headerLine, trailerOf } from '../../shared/roster/roster-file';
import { azureRunTable } from '../../shared/run/azure-run-table';
import { changeRun } from '../../shared/run/ledger';
import type { Run } from '../../shared/run/run';
import type { Case } from './ground';

const DAY_SECONDS = DAY_MS / 1_000;

/** The full files that settled so far, and the rows in them, are of the day before. Nobody may be writing the roster. */
export async function rosterOfYesterday(one: Case, source: string): Promise<void> {
  const rosters = azureRosterStore(one.storage.blobs.getContainerClient('rosters'), Math.random);
  const current = await rosters.current(source);
  if (current === null) throw new Error('there is no roster');
  const { value: pin } = current;
  const roster = await loadRoster(await rosters.read(pin), source, pin.bytes);
  const header = { ...roster.header, fullFiles: roster.header.fullFiles.map((at) => at - DAY_SECONDS) };
  const size = entryBytesOf(header);
  const entries = Buffer.alloc(roster.size * size);
  for (let place = 0; place < roster.size; place++) {
    const entry = roster.at(place);
    const { idHash, recordHash, run, offset, bytes, epoch, active, attributes, confirmedOn, unconfirmed } = entry;
    const rest = { idHash, recordHash, run, offset, bytes, epoch, active, attributes, confirmedOn, unconfirmed };
    writeEntry(entries, place * size, { ...rest, seenAt: entry.seenAt - DAY_SECONDS });
  }
  const whole = Buffer.concat([headerLine(header), entries]);
  const writer = rosters.replace(source, current);
  await writer.append(Buffer.concat([whole, trailerOf(roster.size, crcOf(whole))]));
  if ((await writer.commit()) === null) throw new Error('somebody else wrote the roster');
}

/** The run's last sign of life was so long ago. */
export async function silentFor(one: Case, run: Run, ms: number): Promise<void> {
  const aged = await changeRun(azureRunTable(one.storage.table('runs')), run, (now) => ({
    ...now,
    heartbeatAt: now.heartbeatAt - ms,
  }));
  if (aged === null) throw new Error('there is no such run');
}
