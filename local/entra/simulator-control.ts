// The simulator's own routes, /_simulator/…, for tests and demos in other processes.
import { Type, type Static, type TSchema } from '@sinclair/typebox';
import { Value } from '@sinclair/typebox/value';
import { issueToken } from './access-token';
import { addSeedIdentity } from './seed-identity';
import { addSeedUser, setEnabled } from './seed-user';
import { FaultScriptSchema, type FaultScript } from './faults';
import { GraphRefusal, type Answer } from './graph-answer';
import { applyJobFaults } from './job-faults';
import { RuleSchema } from './rules';
import { takeStats } from './statistics';
import { describeTenant } from './tenant-state';
import type { Tenant } from './tenant';

const ClockSchema = Type.Object({ advanceMs: Type.Number({ minimum: 0 }) }, { additionalProperties: false });
const COMMON_CLAIMS = { appId: Type.Optional(Type.String()), expiresInMs: Type.Optional(Type.Number()) };
const TokenSchema = Type.Union([
  Type.Object({ ...COMMON_CLAIMS, roles: Type.Array(Type.String()) }, { additionalProperties: false }),
  Type.Object(
    {
      ...COMMON_CLAIMS,
      scopes: Type.Array(Type.String()),
      userId: Type.Optional(Type.String()),
      directoryRoles: Type.Optional(Type.Array(Type.String())),
    },
    { additionalProperties: false },
  ),
]);
const IdentitySchema = Type.Object(
  {
    displayName: Type.String(),
    id: Type.Optional(Type.String()),
    appId: Type.Optional(Type.String()),
    type: Type.Optional(Type.Union([Type.Literal('Application'), Type.Literal('ManagedIdentity')])),
  },
  { additionalProperties: false },
);
const UserSchema = Type.Object(
  {
    userPrincipalName: Type.String(),
    employeeId: Type.Optional(Type.String()),
    accountEnabled: Type.Optional(Type.Boolean()),
    attributes: Type.Optional(Type.Record(Type.String(), Type.Union([Type.String(), Type.Number(), Type.Boolean()]))),
    onPremisesSyncEnabled: Type.Optional(Type.Boolean()),
    directoryRoles: Type.Optional(Type.Array(Type.String())),
  },
  { additionalProperties: false },
);
const EnabledSchema = Type.Object(
  { employeeId: Type.String(), accountEnabled: Type.Boolean() },
  { additionalProperties: false },
);
const JobSchema = Type.Object({ servicePrincipalId: Type.String(), jobId: Type.String() });

/** Answers a route of the simulator itself. Throws a GraphRefusal for anything unknown. */
export function answerControl(tenant: Tenant, method: string, path: string, body: string): Answer {
  switch (`${method} ${path.slice('/_simulator/'.length)}`) {
    case 'GET stats':
      return { status: 200, body: takeStats(tenant) };
    case 'GET directory':
      return { status: 200, body: tenant.directory.list() };
    case 'GET tenant':
      return { status: 200, body: describeTenant(tenant) };
    case 'GET uploads':
      return { status: 200, body: tenant.traffic.uploads };
    case 'GET log':
      return { status: 200, body: tenant.log.listAll() };
    case 'POST faults':
      playFaults(tenant, readBody(Type.Array(FaultScriptSchema), body));
      return { status: 204 };
    case 'DELETE faults':
      tenant.faults.clear();
      return { status: 204 };
    case 'POST rules':
      tenant.rules.replace(readBody(Type.Array(RuleSchema), body));
      return { status: 204 };
    case 'POST clock':
      tenant.clock.advance(readBody(ClockSchema, body).advanceMs);
      return { status: 200, body: { now: tenant.clock.now() } };
    case 'POST tokens': {
      const token = issueToken(readBody(TokenSchema, body), tenant.settings.tenantId, tenant.clock.now());
      return { status: 200, body: { token } };
    }
    case 'POST users':
      return { status: 200, body: { id: addSeedUser(tenant, readBody(UserSchema, body)) } };
    case 'POST identities':
      return { status: 200, body: { id: addSeedIdentity(tenant, readBody(IdentitySchema, body)) } };
    case 'POST users/enabled': {
      const { employeeId, accountEnabled } = readBody(EnabledSchema, body);
      if (setEnabled(tenant, employeeId, accountEnabled)) return { status: 204 };
      throw new GraphRefusal(404, 'NotFound', 'The directory has no user with this employeeId.');
    }
    case 'POST jobs': {
      const { servicePrincipalId, jobId } = readBody(JobSchema, body);
      tenant.openJob(servicePrincipalId, jobId);
      return { status: 204 };
    }
    default:
      throw new GraphRefusal(404, 'NotFound', 'The simulator has no such route.');
  }
}

/** Adds faults; job faults that wait for no upload happen at once. */
export function playFaults(tenant: Tenant, scripts: readonly FaultScript[]): void {
  tenant.faults.add(scripts);
  applyJobFaults(tenant, false);
}

function readBody<S extends TSchema>(schema: S, body: string): Static<S> {
  const parsed = parseJson(body);
  const error = Value.Errors(schema, parsed).First();
  if (error) throw new GraphRefusal(400, 'BadRequest', `${error.path} ${error.message}`);
  return parsed;
}

function parseJson(body: string): unknown {
  try {
    return JSON.parse(body);
  } catch (error) {
    throw new GraphRefusal(400, 'BadRequest', 'The body is not JSON.', String(error));
  }
}
