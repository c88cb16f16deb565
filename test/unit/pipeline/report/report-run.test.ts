// The reports of a run: what is written, in which order, from what; and the state that the run has afterwards.
import Papa from 'papaparse';
import { reportRun } from '../../../../shared/pipeline/report/report-run';
import type { BatchRow } from '../../../../shared/run/batch';
import type { Run, RunReason } from '../../../../shared/run/run';
import type { RowLine } from '../../../../shared/run/run-files';
import type { ReportStore } from '../../../../shared/report/report-store';
import { noVerdicts } from '../../../../shared/verdict/verdict';
import type { MemoryPipeline } from '../../memory/memory-pipeline';
import { memoryPipeline } from '../../memory/memory-pipeline';
import {
  batchOf,
  doneRow,
  entryOf,
  eventsOf,
  MINUTE,
  NOW,
  putRun,
  recordWrites,
  rowOf,
  runOf,
  sentRow,
  SOURCE,
} from '../told-ledger';

/** The values that the sentence of any rejection in these tests may need. */
const VALUES = {
  attribute: 'externalId',
  ...Object.fromEntries(['column', 'id', 'value', 'pattern', 'restored'].map((name) => [name, { quote: name }])),
  forms: [],
  otherLine: 2,
};
const REASON: RunReason = { code: 'csv-damaged', values: {}, line: 3, column: null };
const userLine = (row: number): RowLine => ({ row, line: row + 1, id: `p${row}`, user: [0, 1] });
const rejectedLine = (row: number, code: string): RowLine => ({
  row,
  line: row + 1,
  id: null,
  rejected: { code, values: VALUES, column: 'Id' },
});

/** A pipeline with one run of these rows in one batch, and these lines in its `rows.jsonl`. */
async function pipelineWith(
  run: Run,
  rows: readonly BatchRow[],
  lines: readonly RowLine[] = rows.map(({ row }) => userLine(row)),
): Promise<MemoryPipeline> {
  const pipeline = await memoryPipeline();
  putRun(pipeline, run, ...(rows.length > 0 ? [batchOf(rows)] : []));
  pipeline.files.put(run, 'rows.jsonl', lines.map((line) => `${JSON.stringify(line)}\n`).join(''));
  return pipeline;
}
const reportOf = (pipeline: MemoryPipeline, name: string): string | undefined =>
  pipeline.reports.reports.get(`${SOURCE}/r1/${name}`);
/** The cells of the verdicts report, without its sentences. */
const verdictsOf = (pipeline: MemoryPipeline): readonly (readonly string[])[] =>
  Papa.parse<string[]>((reportOf(pipeline, 'r1.csv.verdicts.csv') ?? '').replace('\uFEFF', ''), {
    skipEmptyLines: true,
  }).data.map((cells) => cells.slice(0, 4));
const sentencesOf = (pipeline: MemoryPipeline): readonly (string | undefined)[] =>
  Papa.parse<string[]>((reportOf(pipeline, 'r1.csv.verdicts.csv') ?? '').replace('\uFEFF', ''), {
    skipEmptyLines: true,
  })
    .data.slice(1)
    .map((cells) => cells[4]);
const summaryOf = (pipeline: MemoryPipeline): unknown => JSON.parse(reportOf(pipeline, 'summary.json') ?? 'null');

describe('an open run', () => {
  test('gets a verdict for each row in file order, a summary with the state it will have, and then that state', async () => {
    const run = runOf('r1');
    const rows = [doneRow(3, { verdict: 'disabled' }), doneRow(1), doneRow(2, { verdict: 'failed', code: 'Conflict' })];
    const pipeline = await pipelineWith(run, rows, [
      userLine(1),
      userLine(2),
      userLine(3),
      rejectedLine(4, 'id-missing'),
    ]);
    const writes = recordWrites(pipeline);
    await reportRun(pipeline, run);
    expect(verdictsOf(pipeline)).toEqual([
      ['line', 'id', 'verdict', 'code'],
      ['2', 'p1', 'created', ''],
      ['3', 'p2', 'failed', 'Conflict'],
      ['4', 'p3', 'disabled', ''],
      ['5', '', 'rejected', 'id-missing'],
    ]);
    expect(reportOf(pipeline, 'r1.csv.verdicts.csv')?.startsWith('\uFEFFline,id,verdict,code,sentence\r\n')).toBe(true);
    expect(sentencesOf(pipeline).every((sentence) => /\.$/.test(sentence ?? ''))).toBe(true);
    const verdicts = { ...noVerdicts(), created: 1, failed: 1, disabled: 1, rejected: 1 };
    expect(summaryOf(pipeline)).toMatchObject({
      state: 'settled',
      rows: 4,
      verdicts,
      settledAt: new Date(NOW).toISOString(),
      codes: { Conflict: 1, 'id-missing': 1 },
      findings: [],
    });
    expect(writes).toEqual([
      'report commit contoso-hr/r1/r1.csv.verdicts.csv',
      'report commit contoso-hr/r1/summary.json',
      'run replace r1',
    ]);
    expect(pipeline.ledger.runs.peek(run)).toEqual({ ...run, state: 'settled', rows: 4, verdicts, settledAt: NOW });
    expect(eventsOf(pipeline, 'rollcall.reconcile.settled')).toEqual([
      {
        source: SOURCE,
        run: 'r1',
        state: 'settled',
        rows: 4,
        isFirst: true,
        created: 1,
        failed: 1,
        disabled: 1,
        rejected: 1,
      },
    ]);
  });
  test('with a reason is parked, and is not a held file', async () => {
    const run = runOf('r1', { reason: REASON });
    const pipeline = await pipelineWith(run, [doneRow(1)]);
    await reportRun(pipeline, run);
    expect(pipeline.ledger.runs.peek(run)?.state).toBe('parked');
    expect(summaryOf(pipeline)).toMatchObject({ state: 'parked', reason: { code: 'csv-damaged', line: 3 } });
    expect(reportOf(pipeline, 'r1.csv.why-held.txt')).toBeUndefined();
  });
  test('that lacks a verdict is not reported and does not move', async () => {
    const run = runOf('r1');
    const pipeline = await pipelineWith(run, [sentRow(1, NOW)]);
    await expect(reportRun(pipeline, run)).rejects.toMatchObject({ code: 'verdict-missing', disposition: 'retry' });
    expect(pipeline.reports.reports.size).toBe(0);
    expect(pipeline.ledger.runs.peek(run)).toEqual(run);
  });
  test('that moved meanwhile keeps its state and its counts', async () => {
    const run = runOf('r1');
    const pipeline = await pipelineWith(run, [doneRow(1)]);
    const moved = runOf('r1', { state: 'sending', unanswered: 3 });
    pipeline.reports.calls.before = ({ key }) => {
      if (key.endsWith('summary.json')) pipeline.ledger.runs.put(moved);
    };
    await reportRun(pipeline, run);
    expect(pipeline.ledger.runs.peek(run)).toEqual(moved);
    expect(pipeline.events).toEqual([]);
  });
  test('that was changed meanwhile in another way keeps that change', async () => {
    const run = runOf('r1');
    const pipeline = await pipelineWith(run, [doneRow(1)]);
    pipeline.reports.calls.before = () => pipeline.ledger.runs.put({ ...run, unanswered: 3 });
    await reportRun(pipeline, run);
    expect(pipeline.ledger.runs.peek(run)).toMatchObject({ state: 'settled', unanswered: 3 });
  });
  test('whose summary cannot be written stays open', async () => {
    const run = runOf('r1');
    const pipeline = await pipelineWith(run, [doneRow(1)]);
    pipeline.reports.calls.before = ({ key }) =>
      key.endsWith('summary.json') ? Promise.reject(new Error('storage is away')) : undefined;
    await expect(reportRun(pipeline, run)).rejects.toThrow('storage is away');
    expect(pipeline.ledger.runs.peek(run)?.state).toBe('confirming');
  });
  test('gives as its end the time when its verdicts were complete', async () => {
    const run = runOf('r1');
    const pipeline = await pipelineWith(run, [doneRow(1)]);
    pipeline.reports.calls.before = () => pipeline.clock.pass(MINUTE);
    await reportRun(pipeline, run);
    expect(pipeline.ledger.runs.peek(run)?.settledAt).toBe(NOW + MINUTE);
    expect(summaryOf(pipeline)).toMatchObject({ settledAt: new Date(NOW + MINUTE).toISOString() });
  });
  test('reports what intake found in the file', async () => {
    const run = runOf('r1');
    const pipeline = await pipelineWith(run, [doneRow(1)]);
    const finding = {
      severity: 'note',
      code: 'column-unknown',
      values: { count: 1, columns: [{ quote: 'Shoe size' }] },
      line: 1,
      column: 'Shoe size',
      id: null,
    };
    pipeline.files.put(run, 'findings.json', JSON.stringify([finding]));
    await reportRun(pipeline, run);
    expect(summaryOf(pipeline)).toMatchObject({ findings: [finding] });
  });
  test('of more rows than are turned into text at once loses none of them, and doubles none', async () => {
    for (const rows of [499, 500, 501, 1_000]) {
      const run = runOf('r1');
      const all = Array.from({ length: rows }, (_, at) => at + 1);
      const pipeline = await pipelineWith(
        run,
        all.map((row) => doneRow(row)),
      );
      await reportRun(pipeline, run);
      expect(
        verdictsOf(pipeline)
          .slice(1)
          .map(([line]) => Number(line)),
      ).toEqual(all.map((row) => row + 1));
      expect(summaryOf(pipeline)).toMatchObject({ rows });
    }
  });
  test.each([
    [0, []],
    [499, [499]],
    [500, [500]],
    [501, [500, 1]],
    [1_000, [500, 500]],
  ])('of %i rows is written some hundreds at a time: neither all at once nor one by one', async (count, written) => {
    const run = runOf('r1');
    const rows = Array.from({ length: count }, (_, at) => doneRow(at + 1));
    const pipeline = await pipelineWith(run, rows);
    const texts: string[] = [];
    const reports: ReportStore = {
      list: (key) => pipeline.reports.list(key),
      readText: (key, name) => pipeline.reports.readText(key, name),
      delete: (key, name) => pipeline.reports.delete(key, name),
      deleteAll: (key) => pipeline.reports.deleteAll(key),
      exists: (key, name) => pipeline.reports.exists(key, name),
      write: (key, name) => {
        const writer = pipeline.reports.write(key, name);
        if (!name.endsWith('.verdicts.csv')) return writer;
        return {
          ...writer,
          append: (text) => {
            texts.push(text);
            return writer.append(text);
          },
        };
      },
    };
    await reportRun({ ...pipeline, reports }, run);
    expect(texts.slice(1).map((text) => text.split('\r\n').length - 1)).toEqual(written);
  });
});

describe('a run that was never sent', () => {
  test.each([
    ['held', null],
    ['refused', null],
    ['parked', null],
  ] as const)('%s: all its rows are held, it says why, and keeps its state', async (state, job) => {
    const run = runOf('r1', { state, job, reason: REASON });
    const pipeline = await pipelineWith(run, [], [userLine(1), rejectedLine(2, 'id-missing')]);
    await reportRun(pipeline, run);
    expect(verdictsOf(pipeline).slice(1)).toEqual([
      ['2', 'p1', 'held', 'csv-damaged'],
      ['3', '', 'held', 'csv-damaged'],
    ]);
    expect(reportOf(pipeline, 'r1.csv.why-held.txt')).toMatch(/^\uFEFFr1\.csv [^]*csv-damaged, run r1/);
    expect(pipeline.ledger.runs.peek(run)).toMatchObject({ state, settledAt: NOW, verdicts: { held: 2 } });
    expect(eventsOf(pipeline, 'rollcall.reconcile.settled')).toMatchObject([{ state, rows: 2, held: 2 }]);
  });
  test('does not include a run that was parked while sending', async () => {
    const run = runOf('r1', { state: 'parked', reason: REASON });
    const pipeline = await pipelineWith(run, [doneRow(1)]);
    await reportRun(pipeline, run);
    expect(reportOf(pipeline, 'r1.csv.why-held.txt')).toBeUndefined();
    expect(verdictsOf(pipeline)[1]).toEqual(['2', 'p1', 'created', '']);
  });
});
test.each(['received', 'checking', 'staged', 'settled'] as const)('a run that is %s has no reports', async (state) => {
  const run = runOf('r1', { state });
  const pipeline = await pipelineWith(run, [doneRow(1)]);
  await expect(reportRun(pipeline, run)).rejects.toThrow(new TypeError(`a run that is ${state} has no reports`));
  expect(reportOf(pipeline, 'summary.json')).toBeUndefined();
});

describe("the service's own messages", () => {
  const failure = (id: string, reason: string, error = 'Conflict') =>
    entryOf(id, NOW, { change: `${id} ${reason}`, error, reason });

  test('about a failure are in the row of the person, and in no other', async () => {
    const run = runOf('r1');
    const rows = [
      doneRow(1, { verdict: 'failed', code: 'Conflict' }),
      doneRow(2),
      doneRow(3, { verdict: 'failed', code: 'Conflict' }),
    ];
    const pipeline = await pipelineWith(run, rows);
    await pipeline.evidence.keep(run, [failure('p1', 'Taken by another.'), failure('p2', 'Was busy.', 'Timeout')]);
    await reportRun(pipeline, run);
    expect(sentencesOf(pipeline).map((one) => /(Taken by another|Was busy)/.exec(one ?? '')?.[0])).toEqual([
      'Taken by another',
      undefined,
      undefined,
    ]);
  });
  test('are those of a failure with a message, not of its success or of one without', async () => {
    const run = runOf('r1');
    const pipeline = await pipelineWith(run, [doneRow(1, { verdict: 'failed', code: 'Conflict' })]);
    const success = {
      ...entryOf('p1', NOW),
      provisioningStatusInfo: { status: 'success', errorInformation: { reason: 'All is well.' } },
    };
    const wordless = entryOf('p1', NOW, { change: 'x', error: 'Conflict' });
    const nobodys = { ...failure('p1', 'Of nobody.'), sourceIdentity: null };
    await pipeline.evidence.keep(run, [failure('p1', 'Taken by another.'), success, wordless, nobodys]);
    await reportRun(pipeline, run);
    expect(sentencesOf(pipeline)[0]).toMatch(/Taken by another\.$/);
  });
  test('about a row that was refused with its request are in that row', async () => {
    const run = runOf('r1');
    const rows = [doneRow(1, { verdict: 'rejected', code: 'graph-refused-operation' }), doneRow(2)];
    const pipeline = await pipelineWith(run, rows);
    await pipeline.evidence.keepRefusal(run, 1, 'No such attribute.');
    await pipeline.evidence.keepRefusal(run, 2, 'An older refusal.');
    await reportRun(pipeline, run);
    expect(sentencesOf(pipeline)[0]).toMatch(/No such attribute\.$/);
    expect(sentencesOf(pipeline)[1]).not.toMatch(/older refusal/);
    expect(pipeline.evidence.calls.count('read')).toBe(0);
  });
  test('about a request that was refused are in no row that was sent again and failed', async () => {
    const run = runOf('r1');
    const rows = [
      doneRow(1, { verdict: 'rejected', code: 'graph-refused-operation' }),
      doneRow(2, { verdict: 'failed', code: 'Conflict' }),
    ];
    const pipeline = await pipelineWith(run, rows);
    await pipeline.evidence.keepRefusal(run, 2, 'An older refusal.');
    await reportRun(pipeline, run);
    expect(sentencesOf(pipeline)[1]).not.toMatch(/older refusal/);
  });
  test('are looked for only where something failed or was refused', async () => {
    const run = runOf('r1');
    const pipeline = await pipelineWith(run, [doneRow(1)]);
    await reportRun(pipeline, run);
    expect(pipeline.evidence.calls.made).toEqual([]);
  });
  test('are looked for only in the entries when nothing was refused', async () => {
    const run = runOf('r1');
    const pipeline = await pipelineWith(run, [
      doneRow(1, { verdict: 'failed', code: 'Conflict' }),
      rowOf(2, { work: 'done', verdict: 'superseded' }),
    ]);
    await reportRun(pipeline, run);
    expect(pipeline.evidence.calls.made).toEqual([{ method: 'read', key: 'contoso-hr/r1' }]);
  });
});
