// Holds what is emitted to the list of events: the compiler does not look into objects that are spread, or come from JSON.
import type { AnyEventFields, EventName } from '../../../shared/core/telemetry';
import { EVENTS } from '../../../shared/core/telemetry';

const TYPE_OF_KIND: Readonly<Record<string, string>> = { id: 'string', word: 'string', flag: 'boolean' };

/** Throws if an event has a member that the list does not declare, lacks one that it declares, or has a value of another kind. */
export function assertEvent(name: EventName, fields: AnyEventFields): void {
  const declared: Readonly<Record<string, string>> = EVENTS[name];
  for (const member of Object.keys(fields))
    if (declared[member] === undefined) throw new Error(`${name} declares no member ${member}`);
  for (const [member, kind] of Object.entries(declared)) {
    const value = fields[member];
    const mayLack = kind.endsWith('?');
    if (mayLack && (value === undefined || value === null)) continue;
    const type = TYPE_OF_KIND[kind.replace('?', '')] ?? 'number';
    if (typeof value !== type) throw new Error(`${name}.${member} is not a ${type}`);
    if (type === 'number' && !Number.isFinite(value))
      throw new Error(`${name}.${member} is no number that can be counted`);
  }
}
