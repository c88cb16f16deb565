// The mapping of a proposal: the SCIM user with the recognised columns in place of its values.
import { agree, counted, quoted } from '../../shared/core/english';
import { quote } from '../../shared/core/message';
import { enterpriseUserUrn } from '../../shared/scim/scim-schema';
import type { ColumnRole } from './column-names';
import type { DateGuess } from './guess-date-format';
import { placeholder } from '../../shared/source/placeholder';
import type { ProposalDraft } from './proposal';

type Branch = Readonly<Record<string, unknown>>;

/** Nobody is kept from an account for a phone number or a country that cannot be read. */
const OMITTED = { onUnreadable: 'omit' } as const;

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
      phoneNumbers:
        phone === undefined ? undefined : [{ type: { const: 'work' }, value: { column: phone, ...OMITTED } }],
      addresses: address === undefined ? undefined : [{ type: { const: 'work' }, ...address }],
      [enterpriseUserUrn]: branch({
        employeeNumber: roles.has('id') ? id : undefined,
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
    return { column: placeholder('SIGN-IN-NAME-COLUMN'), required: true };
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
  if (unknown === null) return { column: known.column, country: 'alpha-2', ...OMITTED };
  tell(
    draft,
    '$.mapping.addresses[0].country',
    `${JSON.stringify(unknown)} is no country that is known, so the values are sent as they are. Entra wants two letters.`,
  );
  return known.column;
}

function proposeManager(draft: ProposalDraft): object | undefined {
  tellManagerMail(draft);
  const known = draft.found.columns.roles.get('manager');
  if (known === undefined) return undefined;
  const { noIdOfManager, noManager } = draft.found.survey;
  if (noIdOfManager !== null) {
    const why = `a manager must be named by id, and no value is the id of anybody in the file. The first is ${quoted(quote(noIdOfManager))}.`;
    tell(draft, null, `${JSON.stringify(known.column)}: ${why}`);
    return undefined;
  }
  const path = `$.mapping["${enterpriseUserUrn}"].manager.value`;
  if (!known.isSure) tell(draft, path, `Does ${JSON.stringify(known.column)} hold the id of the manager?`);
  if (noManager === null) return { value: known.column };
  const { word, rows } = noManager;
  tell(
    draft,
    `${path}.blank`,
    `${counted(rows, 'row')} ${agree(rows, 'says', 'say')} ${quoted(quote(word))}, which is nobody's id: does it mean that there is no manager?`,
  );
  return { value: { column: known.column, blank: [word] } };
}

function tellManagerMail(draft: ProposalDraft): void {
  const { roles } = draft.found.columns;
  const known = roles.get('managerMail');
  const mail = roles.get('email');
  if (known === undefined) return;
  if (mail === undefined || !draft.found.survey.managersHaveMails)
    return tell(
      draft,
      null,
      `${JSON.stringify(known.column)}: a manager is named by id, and no value is the address of anybody in the file.`,
    );
  const value = JSON.stringify({ column: known.column, lookup: mail.column });
  tell(
    draft,
    null,
    `${JSON.stringify(known.column)}: a manager is named by id. If "content" is "full", ${value} as the "value" of "manager" finds the id.`,
  );
}

function proposeDate(draft: ProposalDraft, role: 'hireDate' | 'leaveDate'): object | undefined {
  const known = draft.found.columns.roles.get(role);
  if (known === undefined) return undefined;
  const guess = draft.found.survey.dates[role];
  const name = JSON.stringify(known.column);
  if (guess.kind === 'format' || guess.kind === 'odata') {
    const path = `$.mapping["${customUrnOf(draft.found.name)}"].${role}`;
    tell(draft, path, 'The job needs this attribute in its source schema and in its mapping.');
    if (!known.isSure) tell(draft, path, `Is ${name} the right column?`);
    if (guess.kind === 'odata') return proposeOdataDate(draft, known.column);
    return { column: known.column, date: { format: guess.format, zone: 'UTC' } };
  }
  tell(draft, null, `${name}: ${whyNoDate(guess)}`);
  return undefined;
}

function whyNoDate(guess: Exclude<DateGuess, { kind: 'format' | 'odata' }>): string {
  switch (guess.kind) {
    case 'ambiguous':
      return `its dates can be read as ${guess.formats.join(' or as ')}; only HR can say which is meant.`;
    case 'unknown': {
      const value = quoted(quote(guess.value));
      return guess.format === null
        ? `its dates are not all written in one form that is known: ${value} is in none.`
        : `most of its dates are written as ${guess.format}, but not ${value}.`;
    }
    case 'empty':
      return 'it has no values, so nobody can say how its dates are written.';
  }
}

/** The number in `/Date(1577836800000)/` is in milliseconds. */
function proposeOdataDate({ found }: ProposalDraft, column: string): object {
  const value = member(column, found.header.format === 'json');
  return {
    expression: `$fromMillis($number($match(${value}, /-?[0-9]+/)[0].match))`,
    date: { format: "yyyy-MM-dd'T'HH:mm:ss.SSS'Z'" },
  };
}

/**
 * Exchange owns the mail of Entra (hr-user-update-issues, Aug 2026), and of numbers only those of type `work` are processed
 * (inbound-provisioning-api-issues, Jul 2026).
 */
function tellIgnored(draft: ProposalDraft): void {
  const { roles } = draft.found.columns;
  const mail = roles.get('email');
  if (mail !== undefined && roles.has('userName'))
    tell(
      draft,
      null,
      `${JSON.stringify(mail.column)}: the job does not set the mail of an account in Entra, Exchange does.`,
    );
  for (const role of ['mobile', 'fax'] as const) {
    const known = roles.get(role);
    if (known !== undefined)
      tell(
        draft,
        null,
        `"${known.column}": only the work number is processed; send it in a custom extension if needed.`,
      );
  }
}
