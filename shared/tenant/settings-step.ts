// Writes the ids of application and job into the source.json, and leaves everything else in it as it is written.
import { type Node, applyEdits, getNodeValue, findNodeAtLocation, modify, parseTree } from 'jsonc-parser';
import type { JsonObject, JsonValue } from '../core/json-value';
import { isObject } from '../graph/loose-json';
import { isPlaceholder } from '../source/placeholder';
import { say } from './say';
import type { SetupContext, SetupStep } from './setup-step';

const MEMBERS = ['servicePrincipalId', 'jobId', 'target'] as const;

/** The job that settings name, member by member; null for a member that is not there. */
function jobIn(text: string): JsonObject {
  const root = parseTree(text);
  const value = (member: string): JsonValue => {
    const node = root === undefined ? undefined : findNodeAtLocation(root, ['job', member]);
    return node === undefined ? null : (getNodeValue(node) as JsonValue);
  };
  return Object.fromEntries(MEMBERS.map((member) => [member, value(member)]));
}

/** The same text with another job; null takes a member out. */
export function withJob(text: string, job: JsonObject): string {
  const isTabs = /^\t/m.test(text);
  const [indent = '  '] = /(?<=^)[ ]+/m.exec(text) ?? [];
  const eol = text.includes('\r\n') ? '\r\n' : '\n';
  const formattingOptions = { tabSize: indent.length, insertSpaces: !isTabs, eol };
  return MEMBERS.reduce((now, member) => {
    const value = job[member] ?? undefined;
    if (value === (jobIn(now)[member] ?? undefined)) return now;
    return applyEdits(now, modify(now, ['job', member], value, { formattingOptions }));
  }, text);
}

/** The job as it is written; null if there is none. */
function jobTextIn(text: string): string | null {
  const node = jobNode(text);
  return node === undefined ? null : text.slice(node.offset, node.offset + node.length);
}

/** The same text with the job written so; null if it cannot be. */
function withJobText(text: string, job: JsonValue): string | null {
  const node = jobNode(text);
  if (node === undefined || typeof job !== 'string') return null;
  return `${text.slice(0, node.offset)}${job}${text.slice(node.offset + node.length)}`;
}

function jobNode(text: string): Node | undefined {
  const root = parseTree(text);
  return root === undefined ? undefined : findNodeAtLocation(root, ['job']);
}

function wantedIn({ servicePrincipalId, jobId, order }: SetupContext, now: JsonObject): JsonObject {
  // What is the default is not written, unless something else is there.
  const target = order.target === 'entra' && now['target'] === null ? null : order.target;
  return { servicePrincipalId, jobId, target };
}

const isSame = (one: JsonObject, other: JsonObject): boolean =>
  MEMBERS.every((member) => one[member] === other[member]);
const names = (value: JsonValue | undefined): boolean => typeof value === 'string' && !isPlaceholder(value);

/** The step. */
export const settingsStep: SetupStep = {
  name: 'settings',
  isNeeded: false,
  async look(context) {
    const now = jobIn(await context.source.read());
    const isReplaced = names(now['servicePrincipalId']) || names(now['jobId']);
    return {
      state: context.jobId !== null && isSame(now, wantedIn(context, now)) ? 'unchanged' : 'planned',
      say: (state) => say('setup-settings', { state, isReplaced }),
    };
  },
  async make(context) {
    const { source, record } = context;
    const text = await source.read();
    const now = jobIn(text);
    const after = wantedIn(context, now);
    const noted = record.of('settings');
    const before = isObject(noted?.['before']) ? noted : { before: now, text: jobTextIn(text) };
    await record.note('settings', { ...before, after });
    await source.write(withJob(text, after));
  },
  async takeBack({ source }, made) {
    const { before, after } = made;
    const text = await source.read();
    if (!isObject(before) || !isObject(after) || isSame(jobIn(text), before)) return true;
    if (!isSame(jobIn(text), after)) return false;
    await source.write(withJobText(text, made['text'] ?? null) ?? withJob(text, before));
    return true;
  },
};
