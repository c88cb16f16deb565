// What is looked at, each with a name of its own: the members of `rollcall doctor --json`.

/** What is looked at, in the order in which it is told. */
export const CHECK_NAMES = [
  'storage',
  'token',
  'permissions',
  'job',
  'notification',
  'threshold',
  'scope',
  'attributes',
  'matching',
  'enabling',
  'creation',
  'clearing',
  'references',
  'agent',
  'clock',
  'licence',
  'budget',
] as const;
export type CheckName = (typeof CHECK_NAMES)[number];
