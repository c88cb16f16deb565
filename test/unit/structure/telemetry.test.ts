// The queries of the template and of docs/operations.md name events, members and metrics: each must exist, and a query may ask an event only for
// members that one of its events has.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { METRICS } from '../../../shared/core/metrics';
import { EVENT_NAMES, EVENTS } from '../../../shared/core/telemetry';
import { REPOSITORY } from './code-use';

const read = (file: string): string => readFileSync(join(REPOSITORY, file), 'utf8');

interface Query {
  readonly where: string;
  readonly text: string;
}

/** Every text between triple quotes is a query. */
const ofAlerts = [...read('infra/alerts.bicep').matchAll(/'''\n(.*?)'''/gs)].map(([, text]): Query => ({
  where: 'infra/alerts.bicep',
  text: text!,
}));

interface WorkbookItem {
  readonly name?: string;
  readonly content?: { readonly query?: string; readonly visualization?: string };
}
const workbook = JSON.parse(read('infra/workbook.json')) as { readonly items: readonly WorkbookItem[] };
const ofWorkbook = workbook.items.flatMap(({ name, content }): readonly Query[] =>
  content?.query === undefined ? [] : [{ where: `infra/workbook.json, ${name ?? ''}`, text: content.query }],
);

/** The columns that the prelude of docs/operations.md makes are members, too. */
const page = read('docs/operations.md');
const ofPage = [...page.matchAll(/```kusto\n(.*?)```/gs)].map(([, text]): Query => ({
  where: 'docs/operations.md',
  text: text!,
}));
const all = [...ofAlerts, ...ofWorkbook, ...ofPage];

const namesIn = ({ text }: Query): readonly string[] => [
  ...new Set([...text.matchAll(/'(rollcall\.[a-z]+\.?[a-z]+)'/g)].map(([, name]) => name!)),
];
/** `Properties.rows`, `Properties['not-seen']`, and on the page `e.rows`. */
const membersIn = ({ text }: Query): readonly string[] => [
  ...[...text.matchAll(/\b(?:Properties|e)\.(\w+)/g)].map(([, name]) => name!),
  ...[...text.matchAll(/\bProperties\['([^']+)'\]/g)].map(([, name]) => name!),
];
const eventNames: readonly string[] = EVENT_NAMES;
const dimensions = new Set<string>(Object.values(METRICS).flatMap((metric) => [...metric.dimensions]));
const membersOf = (name: string): readonly string[] =>
  eventNames.includes(name) ? Object.keys(EVENTS[name as (typeof EVENT_NAMES)[number]]) : [];
/** Columns of the tables that we read, by name (Learn, "AppEvents" and "AppMetrics" of the Azure Monitor Logs reference, read 2026-11). */
const TABLES: Readonly<Record<string, readonly string[]>> = {
  AppEvents: ['TimeGenerated', 'Name', 'Properties'],
  AppMetrics: ['TimeGenerated', 'Name', 'Sum', 'Max', 'Min', 'ItemCount', 'Properties'],
};

test('there are queries', () => {
  expect([ofAlerts.length, ofWorkbook.length, ofPage.length].map((count) => count >= 8)).toEqual([true, true, true]);
});

test.each(all.map((query) => [query.where, query] as const))(
  '%s asks for nothing that is not told',
  (_where, query) => {
    const metrics = namesIn(query).filter((name) => Object.hasOwn(METRICS, name));
    const events = namesIn(query).filter((name) => !metrics.includes(name));
    expect(events.filter((name) => !eventNames.includes(name))).toEqual([]);
    // The prelude of the page reads members that any event may have.
    const known = new Set((events.length > 0 ? events : eventNames).flatMap((name) => membersOf(name)));
    const asked = membersIn(query).filter((member) => !(metrics.length > 0 && dimensions.has(member)));
    expect(asked.filter((member) => !known.has(member))).toEqual([]);
  },
);

test.each([...ofAlerts, ...ofWorkbook].map((query) => [query.where, query] as const))(
  '%s reads one table, and columns that it has',
  (_where, { text }) => {
    const [table = ''] = text.trim().split(/\s/);
    const columns = TABLES[table] ?? [];
    expect(columns).not.toEqual([]);
    const read = [
      ...text.matchAll(/\b(TimeGenerated|Name|Sum|Max|Min|ItemCount|Properties|Message|customDimensions)\b/g),
    ];
    expect(read.map(([, column]) => column!).filter((column) => !columns.includes(column))).toEqual([]);
  },
);

test('metrics are explained once, in the order of the list', () => {
  const lines = [...page.matchAll(/^\| `(rollcall\.[a-z.]+)` \| `([^`]+)` \| (.*?) ?\| /gm)].filter(([, name]) =>
    Object.hasOwn(METRICS, name!),
  );
  expect(
    lines.map(([, name, unit, cell]) => [name, unit, [...cell!.matchAll(/`([^`]+)`/g)].map(([, word]) => word)]),
  ).toEqual(Object.entries(METRICS).map(([name, metric]) => [name, metric.unit, [...metric.dimensions]]));
});

test('each alert is explained', () => {
  const rules = [...read('infra/alerts.bicep').matchAll(/^ {4}name: '([a-z-]+)'$/gm)].map(([, name]) => name!);
  const explained = [...page.slice(page.indexOf('## Alerts')).matchAll(/^\| `([a-z-]+)`/gm)].map(([, name]) => name!);
  expect(rules.length).toBeGreaterThan(8);
  expect(rules.filter((name) => !explained.includes(name))).toEqual([]);
});

test('no HTTP client is instrumented: spans of requests would carry the names of files', () => {
  const { dependencies } = JSON.parse(read('package.json')) as { dependencies: Record<string, string> };
  expect(Object.keys(dependencies).filter((name) => name.includes('instrumentation'))).toEqual([]);
});
