// Business failures chosen by data: which people the service refuses, why, and how often before the person succeeds.
import { Type, type Static } from '@sinclair/typebox';

/** Which people a rule is about; all members that are given must match. */
export const PersonMatchSchema = Type.Object(
  {
    externalId: Type.Optional(Type.String()),
    externalIdPattern: Type.Optional(Type.String()),
    userNamePattern: Type.Optional(Type.String()),
    domain: Type.Optional(Type.String()),
    active: Type.Optional(Type.Boolean()),
  },
  { additionalProperties: false },
);

/** What happens to such a person: a failure, a record out of scope, or silence. */
export const RuleOutcomeSchema = Type.Union([
  Type.Object(
    {
      errorCode: Type.String(),
      reason: Type.String(),
      errorCategory: Type.Optional(Type.Union([Type.Literal('failure'), Type.Literal('nonServiceFailure')])),
      times: Type.Optional(Type.Integer({ minimum: 1 })),
    },
    { additionalProperties: false },
  ),
  Type.Object({ outOfScope: Type.Literal(true) }, { additionalProperties: false }),
  Type.Object(
    { silent: Type.Literal(true), times: Type.Optional(Type.Integer({ minimum: 1 })) },
    { additionalProperties: false },
  ),
]);

/** A rule as data; also the body of POST /_simulator/rules (a list of them). */
export const RuleSchema = Type.Object(
  { match: PersonMatchSchema, outcome: RuleOutcomeSchema },
  { additionalProperties: false },
);

/** Which people a rule is about. */
export type PersonMatch = Static<typeof PersonMatchSchema>;
/** What a rule does to a person; `times` lifts it after that many attempts per person. */
export type RuleOutcome = Static<typeof RuleOutcomeSchema>;
/** One rule. */
export type Rule = Static<typeof RuleSchema>;

/** The members of a record that rules look at. */
export interface PersonFacts {
  readonly externalId: string;
  readonly userName: string | undefined;
  readonly active: boolean | undefined;
}

/** Applies rules in their order; the first that matches and is not yet used up for this person decides. */
export class RuleBook {
  private readonly used = new Map<string, number>();

  constructor(private rules: readonly Rule[]) {}

  /** Replaces the rules and forgets which were used up. */
  replace(rules: readonly Rule[]): void {
    this.rules = rules;
    this.used.clear();
  }

  /** The outcome for one attempt at one person, or undefined. Counts the attempt. */
  decide(person: PersonFacts): RuleOutcome | undefined {
    for (const [index, rule] of this.rules.entries()) {
      if (!matchesPerson(rule.match, person)) continue;
      const times = 'times' in rule.outcome ? rule.outcome.times : undefined;
      if (times === undefined) return rule.outcome;
      const key = `${index}\n${person.externalId}`;
      const used = this.used.get(key) ?? 0;
      if (used >= times) continue;
      this.used.set(key, used + 1);
      return rule.outcome;
    }
    return undefined;
  }
}

function matchesPerson(match: PersonMatch, person: PersonFacts): boolean {
  const userName = person.userName ?? '';
  if (match.externalId !== undefined && match.externalId !== person.externalId) return false;
  if (match.externalIdPattern !== undefined && !new RegExp(match.externalIdPattern).test(person.externalId))
    return false;
  if (match.userNamePattern !== undefined && !new RegExp(match.userNamePattern).test(userName)) return false;
  if (match.domain !== undefined && !userName.toLowerCase().endsWith(`@${match.domain.toLowerCase()}`)) return false;
  return match.active === undefined || match.active === person.active;
}
