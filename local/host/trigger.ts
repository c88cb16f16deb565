// Finds a function's trigger and reads the members that all triggers share.
import type { Binding } from './core-contract';
import type { RegisteredFunction } from './fake-core';
import { HostFault } from './fault-codes';

/** A function with its trigger binding. */
export interface TriggeredFunction {
  readonly fn: RegisteredFunction;
  readonly name: string;
  readonly bindingName: string;
  readonly trigger: Binding;
}

/** What every trigger of this host offers: starting, stopping and firing by hand. */
export interface Listener {
  readonly functionName: string;
  start(): Promise<void> | void;
  /** Starts nothing new and resolves when what is running has ended. */
  stop(): Promise<void>;
  /** Runs the function now, as POST /admin/functions/{name} does; resolves with whether it ran. */
  fire(input: string): Promise<'fired' | 'busy-elsewhere'>;
}

/**
 * The trigger of a function; input bindings are refused.
 * @throws HostFault `trigger-unsupported`.
 */
export function findTrigger(fn: RegisteredFunction): TriggeredFunction {
  const name = fn.metadata.name;
  const inputs = Object.entries(fn.metadata.bindings).filter(([, binding]) => binding.direction === 'in');
  const [first, second] = inputs.sort(([, a], [, b]) => Number(isTrigger(b)) - Number(isTrigger(a)));
  if (first === undefined || !isTrigger(first[1]) || second !== undefined) {
    throw new HostFault('trigger-unsupported', `${name} must have one trigger and no further input bindings.`);
  }
  return { fn, name, bindingName: first[0], trigger: first[1] };
}

function isTrigger(binding: Binding): boolean {
  return /trigger$/i.test(binding.type);
}

/**
 * A member of a binding that must be a string.
 * @throws HostFault `trigger-unsupported`.
 */
export function textOf(binding: Binding, member: string, usedBy: string): string {
  const value = binding[member];
  if (typeof value !== 'string' || value === '') {
    throw new HostFault('trigger-unsupported', `${usedBy} has no ${member}.`);
  }
  return value;
}

/** A member of a binding that may be a string. */
export function optionalTextOf(binding: Binding, member: string): string | undefined {
  const value = binding[member];
  return typeof value === 'string' ? value : undefined;
}
