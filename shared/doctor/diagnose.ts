// Every check in its order, over one picture: what is wrong, what a person should decide, what could not be looked at, and what is right.
import type { GuardPlace } from '../guard/guard-limits';
import type { SourceSettings } from '../source/settings-schema';
import { checkAttributes, checkMatching } from './check-attributes';
import { checkNotification, checkScope, checkThreshold } from './check-deletions';
import { checkPermissions, checkStorage, checkToken } from './check-deployment';
import { checkActions, checkAgent, checkJob } from './check-job';
import { checkClearing, checkCreation, checkEnabling, checkReferences } from './check-mappings';
import { checkBudget, checkClock, checkLicence } from './check-service';
import type { CheckName } from './check-names';
import { doctorMessage, type Finding, type Found } from './finding';
import type { Part, TenantPicture } from './tenant-picture';

/** What is judged by: the settings of the source, and where Graph is. */
export interface Asked {
  readonly settings: SourceSettings;
  readonly place: GuardPlace;
}

/** All findings, check by check. A check that finds nothing says that it passed; one whose part was not read says why. */
export function diagnose(picture: TenantPicture, { settings, place }: Asked): readonly Finding[] {
  const { target } = settings.job;
  const { job, schema, provisioning, owners, identity, licence, activePeople, callsPerDay } = picture;
  return [
    ...of('storage', picture.storage, checkStorage),
    ...of('token', picture.token, checkToken),
    ...of('permissions', picture.grants, (grants) => checkPermissions(grants, owners, identity)),
    ...of('job', job, (one) => [
      ...checkJob(one, target),
      ...(schema.kind === 'read' ? checkActions(schema.value) : []),
    ]),
    ...of('notification', provisioning, checkNotification),
    ...of('threshold', provisioning, (one) => checkThreshold(one, settings, place, activePeople)),
    ...of('scope', schema, (one) => checkScope(one, provisioning, settings)),
    ...of('attributes', schema, (one) => checkAttributes(one, settings)),
    ...of('matching', schema, (one) => checkMatching(one, target)),
    ...of('enabling', schema, (one) => checkEnabling(one, target)),
    ...of('creation', schema, checkCreation),
    ...of('clearing', schema, (one) => checkClearing(one, settings)),
    ...of('references', schema, (one) => checkReferences(one, target)),
    ...(target === 'active-directory'
      ? of('agent', provisioning, (one) => checkAgent(job.kind === 'read' ? job.value : null, one, target))
      : []),
    ...of('clock', picture.clock, checkClock),
    ...of('licence', licence, (one) => checkLicence(one, callsPerDay)),
    ...of('budget', picture.gate, (one) => checkBudget(one, licence)),
  ];
}

function of<T>(check: CheckName, part: Part<T>, judge: (value: T) => readonly Found[]): readonly Finding[] {
  if (part.kind === 'unread') return [{ check, level: 'not-checked', message: part.why }];
  const found = judge(part.value).map((one) => ({ check, ...one }));
  return found.length > 0 ? found : [{ check, level: 'ok', message: doctorMessage('check-passed', { check }) }];
}
