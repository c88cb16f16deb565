// Turns what the directory would refuse or ignore about a user into the rejection or a warning of its row.
import type { ValuesOf } from '../core/codes';
import { quote } from '../core/message';
import { placeOf } from './row-in-hand';
import type { Finding } from '../export/export-record';
import type { Position, Rejection } from '../core/rejection';
import type { ScimUser } from '../scim/user';
import { maxEmployeeIdLength, notOfUserName, type ProvisioningTarget } from '../scim/user-limits';
import type { UserFault } from '../scim/user-schema';
import type { MappingCode, mappingCodes } from './mapping-codes';

/** The rejection for a fault of the user's schema check; `column` is where the value came from. */
export function toRejection(fault: UserFault, user: ScimUser, line: number, column: string | null): Rejection {
  const attribute = fault.path.filter((step) => !/^\d+$/.test(step)).join('.');
  const place = placeOf({ column, attribute });
  const at = { line, column };
  if (fault.path[0] === 'userName' && fault.rule !== 'type') {
    const { userName } = user;
    const strange = typeof userName === 'string' ? notOfUserName.exec(userName)?.[0] : undefined;
    return reject('user-name-form', { ...place, character: strange === undefined ? null : quote(strange) }, at);
  }
  return fault.rule === 'maxLength'
    ? reject('value-too-long', { ...place, maxChars: fault.limit ?? 0 }, at)
    : reject('user-not-scim', { ...place, rule: fault.rule }, at);
}

const reject = <C extends MappingCode>(code: C, values: ValuesOf<typeof mappingCodes, C>, at: Position): Rejection => ({
  code,
  values,
  at,
});

const none: readonly Finding[] = [];

/** Warnings about a valid user. */
export function warningsOf(
  user: ScimUser,
  line: number,
  idColumn: string,
  target: ProvisioningTarget,
): readonly Finding[] {
  const isNameless = user['userName'] === undefined || user['userName'] === null;
  const isLong = target === 'entra' && user.externalId.length > maxEmployeeIdLength;
  if (!isNameless && !isLong) return none;
  const warning = <C extends MappingCode>(
    code: C,
    values: ValuesOf<typeof mappingCodes, C>,
    column: string | null,
  ): Finding => ({
    severity: 'warning',
    code,
    values,
    line,
    column,
    id: user.externalId,
  });
  return [
    ...(isNameless ? [warning('user-name-missing', {}, null)] : []),
    ...(isLong ? [warning('id-longer-than-employee-id', { maxChars: maxEmployeeIdLength }, idColumn)] : []),
  ];
}
