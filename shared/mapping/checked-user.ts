// What the directory would refuse or ignore about a user, told as rejection or warning of its row.
import type { Finding } from '../export/export-record';
import type { Rejection } from '../core/rejection';
import type { ScimUser } from '../scim/user';
import { maxEmployeeIdLength, type ProvisioningTarget } from '../scim/user-limits';
import type { UserFault } from '../scim/user-schema';
import type { MappingCode } from './mapping-codes';

const codeOf = (fault: UserFault): MappingCode => {
  if (fault.path[0] === 'userName' && fault.rule !== 'type') return 'user-name-form';
  return fault.rule === 'maxLength' ? 'value-too-long' : 'user-not-scim';
};

/** The rejection for a fault of the user's schema check; `column` is where the value came from. */
export function toRejection(fault: UserFault, line: number, column: string | null): Rejection {
  const code = codeOf(fault);
  const attribute = fault.path.filter((step) => !/^\d+$/.test(step)).join('.');
  const place = column === null ? `The value of ${attribute}` : `Column "${column}" (${attribute})`;
  const sentences: Partial<Record<MappingCode, string>> = {
    'user-name-form': 'is not a sign-in name that Entra takes: name@domain, letters without accents.',
    'value-too-long': `is longer than the ${fault.limit ?? 0} characters that the directory takes.`,
  };
  return { code, message: `${place} ${sentences[code] ?? 'breaks the SCIM schema.'}`, at: { line, column } };
}

const none: readonly Finding[] = [];

/** Warnings about a good user. */
export function warningsOf(
  user: ScimUser,
  line: number,
  idColumn: string,
  target: ProvisioningTarget,
): readonly Finding[] {
  const isNameless = user['userName'] === undefined || user['userName'] === null;
  const isLong = target === 'entra' && user.externalId.length > maxEmployeeIdLength;
  if (!isNameless && !isLong) return none;
  const warning = (code: MappingCode, message: string, column: string | null): Finding => ({
    severity: 'warning',
    code,
    message,
    line,
    column,
    id: user.externalId,
  });
  return [
    ...(isNameless
      ? [warning('user-name-missing', 'Without a sign-in name a new person cannot be created.', null)]
      : []),
    ...(isLong
      ? [
          warning(
            'id-longer-than-employee-id',
            `The id is longer than the ${maxEmployeeIdLength} characters of employeeId, its usual target.`,
            idColumn,
          ),
        ]
      : []),
  ];
}
