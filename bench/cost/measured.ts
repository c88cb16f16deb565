// What `bench cost` counted last, for the tables of docs/cost.md.
import type { CostReport } from './cost-lines';

/** The day, and how. */
export const MEASURED_ON = '2026-11-27';

/** As `npm run bench -- cost --json` prints it: `--rows 1000`, then `--rows 10000 --speed 10`. */
export const MEASURED: readonly [CostReport, CostReport] = [
  {
    rows: 1000,
    first: {
      executions: 27,
      gbSeconds: 203.8,
      leastGbSeconds: 8,
      storage: { table: 609, 'blob-write': 56, 'blob-list': 1, 'blob-read': 55, queue: 104 },
      calls: 25,
      records: 166,
      recordBytes: 114966,
    },
    next: {
      executions: 3,
      gbSeconds: 39.20000000000001,
      leastGbSeconds: 6,
      storage: { table: 324, 'blob-write': 24, 'blob-list': 1, 'blob-read': 44, queue: 8 },
      calls: 1,
      records: 15.333333333333334,
      recordBytes: 10404.666666666668,
    },
    tick: {
      executions: 1,
      gbSeconds: 2.1999999999999997,
      leastGbSeconds: 2,
      storage: { table: 19, 'blob-write': 0, 'blob-list': 2, 'blob-read': 2, queue: 4 },
      calls: 0,
      records: 2.6666666666666665,
      recordBytes: 1590.3333333333333,
    },
  },
  {
    rows: 10000,
    first: {
      executions: 250,
      gbSeconds: 1610.3333333333333,
      leastGbSeconds: 6,
      storage: { table: 4121, 'blob-write': 429, 'blob-list': 1, 'blob-read': 288, queue: 1002 },
      calls: 216,
      records: 1914,
      recordBytes: 1319769.6666666667,
    },
    next: {
      executions: 4,
      gbSeconds: 638.4,
      leastGbSeconds: 6,
      storage: { table: 1538, 'blob-write': 26, 'blob-list': 1, 'blob-read': 135, queue: 12 },
      calls: 2,
      records: 35,
      recordBytes: 20101,
    },
    tick: {
      executions: 1,
      gbSeconds: 5.466666666666666,
      leastGbSeconds: 2,
      storage: { table: 19, 'blob-write': 0, 'blob-list': 2, 'blob-read': 2, queue: 4 },
      calls: 0,
      records: 5,
      recordBytes: 2626.333333333333,
    },
  },
];
