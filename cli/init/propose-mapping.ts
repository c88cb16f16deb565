// The mapping of a proposal: the SCIM user with the recognised columns in place of its values.
import { enterpriseUserUrn } from '../../shared/scim/scim-schema';
import type { ColumnRole } from './column-names';
import type { ProposalDraft } from './proposal';

type Branch = Readonly<Record<string, unknown>>;

/** Undefined members and empty branches are left out. */
const branch = (members: Branch): Branch | undefined => {
  const kept = Object.entries(members).filter(([, value]) => value !== undefined);
  return kept.length === 0 ? undefined : Object.fromEntries(kept);
};

/** Proposes the mapping; `id` is the column of the id. */
export function proposeMapping(draft: ProposalDraft, id: string): object {
  const { roles } = draft.found.columns;
  const leaf = (role: ColumnRole, path: string): string | undefined => {
    const known = roles.get(role);
    if (known?.isSure === false) tell(draft, path, `Is ${JSON.stringify(known.column)} the right column?`);
    return known?.column;
  };
  const enterprise = (role: ColumnRole): string | undefined => leaf(role, `$.mapping["${enterpriseUserUrn}"].${role}`);
  const email = roles.get('email')?.column;
  const phone = leaf('phone', '$.mapping.phoneNumbers[0]');
  const address = branch({
    streetAddress: leaf('street', '$.mapping.addresses[0].streetAddress'),
    locality: leaf('city', '$.mapping.addresses[0].locality'),
    region: leaf('region', '$.mapping.addresses[0].region'),
    postalCode: leaf('postalCode', '$.mapping.addresses[0].postalCode'),
    country: proposeCountry(draft),
  });
  tellIgnored(draft);
  return {
    userName: proposeUserName(draft),
    ...branch({
      name: branch({
        familyName: leaf('familyName', '$.mapping.name.familyName'),
        givenName: leaf('givenName', '$.mapping.name.givenName'),
        middleName: leaf('middleName', '$.mapping.name.middleName'),
        honorificPrefix: leaf('honorificPrefix', '$.mapping.name.honorificPrefix'),
        honorificSuffix: leaf('honorificSuffix', '$.mapping.name.honorificSuffix'),
      }),
      displayName: leaf('displayName', '$.mapping.displayName') ?? joinedName(draft),
      nickName: leaf('nickName', '$.mapping.nickName'),
      title: leaf('title', '$.mapping.title'),
      userType: leaf('userType', '$.mapping.userType'),
      preferredLanguage: leaf('preferredLanguage', '$.mapping.preferredLanguage'),
      locale: leaf('locale', '$.mapping.locale'),
      timezone: leaf('timezone', '$.mapping.timezone'),
      emails: email === undefined ? undefined : [{ type: { const: 'work' }, value: email }],
      phoneNumbers: phone === undefined ? undefined : [{ type: { const: 'work' }, value: phone }],
      addresses: address === undefined ? undefined : [{ type: { const: 'work' }, ...address }],
      [enterpriseUserUrn]: branch({
        employeeNumber: id,
        costCenter: enterprise('costCenter'),
        organization: enterprise('organization'),
        division: enterprise('division'),
        department: enterprise('department'),
        manager: proposeManager(draft),
      }),
      [customUrnOf(draft.found.name)]: branch({
        hireDate: proposeDate(draft, 'hireDate'),
        leaveDate: proposeDate(draft, 'leaveDate'),
      }),
    }),
  };
}

const tell = (draft: ProposalDraft, path: string | null, message: string): void =>
  void draft.remarks.push({ path, message });

const customUrnOf = (name: string): string =>
  `urn:ietf:params:scim:schemas:extension:${name.replace(/[^A-Za-z0-9]/g, '')}:1.0:User`;

function proposeUserName(draft: ProposalDraft): object {
  const { roles } = draft.found.columns;
  const known = roles.get('userName') ?? roles.get('email');
  if (known === undefined) {
    tell(draft, '$.mapping.userName', 'No column looks like the sign-in name. Write the name of the column.');
    return { column: 'REPLACE-WITH-SIGN-IN-NAME-COLUMN', required: true };
  }
  if (!roles.has('userName') || !known.isSure)
    tell(draft, '$.mapping.userName', `Is ${JSON.stringify(known.column)} the name with which people sign in?`);
  return { column: known.column, required: true, case: 'lower' };
}

/** A member of a JSONata expression: backticks, for names with spaces or signs. */
const member = (column: string, isPath: boolean): string =>
  (isPath ? column.split('.') : [column]).map((step) => (/^[A-Za-z_]\w*$/.test(step) ? step : `\`${step}\``)).join('.');

function joinedName(draft: ProposalDraft): object | undefined {
  const { roles } = draft.found.columns;
  const names = [roles.get('givenName')?.column, roles.get('familyName')?.column];
  if (names.some((name) => name === undefined || name.includes('`'))) return undefined;
  const isPath = draft.found.header.format === 'json';
  return { expression: names.map((name) => member(name ?? '', isPath)).join(" & ' ' & ") };
}

function proposeCountry(draft: ProposalDraft): object | string | undefined {
  const known = draft.found.columns.roles.get('country');
  const unknown = draft.found.survey.unknownCountry;
  if (known === undefined) return undefined;
  if (unknown === null) return { column: known.column, country: 'alpha-2' };
  tell(
    draft,
    '$.mapping.addresses[0].country',
    `${JSON.stringify(unknown)} is no country that is known, so the values are sent as they are. Entra wants two letters.`,
  );
  return known.column;
}

function proposeManager(draft: ProposalDraft): object | undefined {
  const known = draft.found.columns.roles.get('manager');
  if (known === undefined) return undefined;
  if (!draft.found.survey.managersAreIds) {
    tell(
      draft,
      null,
      `"${known.column}": a manager must be named by id, and no value is the id of anybody in the file.`,
    );
    return undefined;
  }
  if (!known.isSure) {
    const path = `$.mapping["${enterpriseUserUrn}"].manager.value`;
    tell(draft, path, `Does ${JSON.stringify(known.column)} hold the id of the manager?`);
  }
  return { value: known.column };
}

function proposeDate(draft: ProposalDraft, role: 'hireDate' | 'leaveDate'): object | undefined {
  const known = draft.found.columns.roles.get(role);
  if (known === undefined) return undefined;
  const guess = draft.found.survey.dates[role];
  const name = JSON.stringify(known.column);
  if (guess.kind === 'format') {
    const path = `$.mapping["${customUrnOf(draft.found.name)}"].${role}`;
    tell(draft, path, 'The job needs this attribute in its source schema and in its mapping.');
    if (!known.isSure) tell(draft, path, `Is ${name} the right column?`);
    return { column: known.column, date: { format: guess.format, zone: 'UTC' } };
  }
  const whys = {
    ambiguous: `its dates can be read as ${guess.kind === 'ambiguous' ? guess.formats.join(' or as ') : ''}; only HR can say which is meant.`,
    unknown: 'its dates are not all written in one form that is known.',
    empty: 'it has no values, so nobody can say how its dates are written.',
  };
  tell(draft, null, `${name}: ${whys[guess.kind]}`);
  return undefined;
}

/** Microsoft processes entries of type `work` only (inbound-provisioning-api-issues, Jul 2026). */
function tellIgnored(draft: ProposalDraft): void {
  for (const role of ['mobile', 'fax'] as const) {
    const known = draft.found.columns.roles.get(role);
    if (known !== undefined)
      tell(
        draft,
        null,
        `"${known.column}": only the work number is processed; send it in a custom extension if needed.`,
      );
  }
}
