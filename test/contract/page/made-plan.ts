// A plan of 10,000 invented people, some of them with values that try to break out of a page.
import {
  PLAN_KINDS,
  type PlanEntry,
  type PlanKind,
  type PlanSummary,
  type ValueChange,
} from '../../../shared/plan/plan';

/** Texts that a file may contain; the first ones would run, or hide something, in a page that does not escape. */
export const HOSTILE = [
  '<script>document.title="broken in"</script>',
  '</script><script>document.title="broken in"</script>',
  '"><img src="https://attacker.example/x.png" onerror="document.title=\'broken in\'">',
  "' onmouseover='document.title=1",
  '<!--<script>',
  'gnp.\u202Eexe',
  'zero\u200Bwidth',
  'lone \uD800 half',
  'bell \u0007 and null \u0000',
  'line\u2028separator\r\nand break',
  '{{constructor.constructor("alert(1)")()}} ${7*7}',
  '=HYPERLINK("https://attacker.example","x")',
  'Ana\u00A0Bel ',
  '\u05D3\u05D5\u05D3 \u05DC\u05D5\u05D9',
] as const;

const GIVEN = [
  'Ana',
  'Bram',
  'Chloé',
  'Dario',
  'Elif',
  'Farah',
  'Gustav',
  'Hana',
  'Ivo',
  'Jürgen',
  'Kateřina',
  'Łukasz',
];
const FAMILY = [
  'Adler',
  'Brandt',
  'Costa',
  'Dvořák',
  'Eriksen',
  'Ferrari',
  'García',
  'Horvat',
  'Ito',
  'Jansen',
  'Kowalski',
];
const DEPARTMENTS = ['Finance', 'Research', 'Human Resources', 'Logistics', 'Sales EMEA', 'Legal'];

const kindOf = (index: number): PlanKind =>
  index % 10 < 3 && index < 1_040
    ? 'disabled'
    : index % 97 === 0
      ? 'missing'
      : index % 89 === 0
        ? 'new'
        : index % 61 === 0
          ? 'rejected'
          : index % 31 === 0
            ? 'changed'
            : index % 409 === 0
              ? 'enabled'
              : index % 787 === 0
                ? 'on-hold'
                : 'unchanged';

function changesOf(kind: PlanKind, index: number, name: string): readonly ValueChange[] {
  const department = DEPARTMENTS[index % DEPARTMENTS.length]!;
  const next = DEPARTMENTS[(index + 1) % DEPARTMENTS.length]!;
  if (kind === 'disabled') return [{ attribute: 'active', before: 'true', after: 'false' }];
  if (kind === 'enabled')
    return [
      { attribute: 'active', before: 'false', after: 'true' },
      { attribute: 'department', before: null, after: next },
    ];
  if (kind === 'changed')
    return index % 2 === 0
      ? [{ attribute: 'department', before: department, after: next }]
      : [
          { attribute: 'title', before: 'Analyst', after: null },
          { attribute: 'phoneNumbers[type eq "work"].value', before: '+41 44 000 00 00', after: '+41 44 000 00 01' },
        ];
  if (kind === 'new')
    return [
      ['userName', `u${index}@contoso.example`],
      ['displayName', name],
      ['name.givenName', name.split(' ')[0]!],
      ['name.familyName', name.split(' ')[1]!],
      ['active', 'true'],
      ['department', department],
      ['title', 'Analyst'],
      ['addresses[type eq "work"].country', 'Switzerland'],
    ].map(([attribute, after]) => ({ attribute: attribute!, before: null, after: after! }));
  return [];
}

const NOTES: Readonly<Partial<Record<PlanKind, string>>> = {
  rejected: 'The value "Actve" in column "Status" is not one of the agreed words.',
  missing: 'Missing since 2026-11-24; nothing is sent.',
  'on-hold': 'On the hold list until 2026-12-31.',
};

/** The people; person 1000 and the ones after it have the hostile texts everywhere. */
export function madeEntries(count = 10_000): readonly PlanEntry[] {
  return Array.from({ length: count }, (_, index) => {
    const kind = kindOf(index);
    const hostile = index >= 1_000 ? HOSTILE[index - 1_000] : undefined;
    const name = hostile ?? `${GIVEN[index % GIVEN.length]!} ${FAMILY[index % FAMILY.length]!}`;
    return {
      kind: hostile === undefined ? kind : 'changed',
      row: kind === 'missing' ? null : index + 1,
      line: kind === 'missing' ? null : index + 2,
      id:
        kind === 'rejected' && index % 2 === 0
          ? null
          : hostile === undefined
            ? String(100_000 + index)
            : `${hostile}${index}`,
      name,
      changes:
        hostile === undefined
          ? changesOf(kind, index, name)
          : [{ attribute: hostile, before: hostile, after: `${hostile}!` }],
      note: hostile ?? NOTES[kind] ?? null,
    };
  });
}

/** The summary that belongs to the people. */
export function madeSummary(entries: readonly PlanEntry[], changed: Partial<PlanSummary> = {}): PlanSummary {
  const counts = Object.fromEntries(
    PLAN_KINDS.map((kind) => [kind, entries.filter((entry) => entry.kind === kind).length]),
  ) as Record<PlanKind, number>;
  return {
    source: 'hr-zurich',
    file: 'people <b>2026-11-27</b>.csv',
    run: '20261127T020000Z-3f9c2a1b',
    madeAt: Date.UTC(2026, 10, 27, 2, 0),
    content: 'full',
    rows: entries.filter(({ row }) => row !== null).length,
    known: entries.length - counts.new,
    counts,
    held: [
      '312 of 9,890 people would be disabled (3.2%); the limit is 3%. First lines: 2, 3, 4, 12, 13.',
      'The column "Department <i>" changed for 34% of the rows; the limit is 30%.',
    ],
    warnings: ['The header has changed: "Dept" is now "Department".'],
    calls: 14,
    dailyCalls: 2_000,
    doneAt: Date.UTC(2026, 10, 27, 2, 3),
    ...changed,
  };
}
