// Which next pages of the log are followed: those of the same log, on the same Graph.
import * as fc from 'fast-check';
import { LOG_PATH, nextPagePath } from '../../../shared/graph/next-page';

const GRAPH = 'https://graph.microsoft.com';
const refusal = { code: 'graph-log-misleading', disposition: 'retry' };

test.each([
  ['?$skiptoken=a%2Bb%3D%3D&$top=5', '?$skiptoken=a%2Bb%3D%3D&$top=5'],
  ['?$skiptoken=https://evil.example/x', '?$skiptoken=https://evil.example/x'],
  ["?$filter=jobid eq 'a'", '?$filter=jobid%20eq%20%27a%27'],
  ['', ''],
  ['?$skiptoken=x#fragment', '?$skiptoken=x'],
])('a page of the log, %s: path and query as they are sent', (query, sent) => {
  expect(nextPagePath(`${GRAPH}${LOG_PATH}${query}`, GRAPH)).toBe(`${LOG_PATH}${sent}`);
});
test.each([
  `https://GRAPH.microsoft.com:443${LOG_PATH}?x`,
  `${GRAPH}/V1.0/auditlogs/Provisioning?x`,
  `${GRAPH}/v1.0/users/../auditLogs/provisioning?x`,
])('%s is the same once it is parsed', (link) => {
  expect(nextPagePath(link, GRAPH)).toBe(`${LOG_PATH}?x`);
});
test.each([
  [`x:https://evil.example/steal`, 'on Graph'],
  [`x:${GRAPH}${LOG_PATH}`, 'on Graph'],
  [`data:https://evil.example${LOG_PATH}`, 'on Graph'],
  [`blob:${GRAPH}${LOG_PATH}`, 'page of the list'],
  [`https://evil.example${LOG_PATH}`, 'on Graph'],
  [`http://graph.microsoft.com${LOG_PATH}`, 'on Graph'],
  [`${GRAPH}:444${LOG_PATH}`, 'on Graph'],
  [`${GRAPH}.${LOG_PATH}`, 'on Graph'],
  [`${GRAPH}@evil.example${LOG_PATH}`, 'on Graph'],
  [`https://user@graph.microsoft.com${LOG_PATH}`, 'on Graph'],
  [`https://:secret@graph.microsoft.com${LOG_PATH}`, 'on Graph'],
  [`http://h/v1.0/../../users?x=1`, 'on Graph'],
  [`${GRAPH}/v1.0/../../users?x=1`, 'page of the list'],
  [`${GRAPH}${LOG_PATH}/../directoryAudits`, 'page of the list'],
  [`${GRAPH}${LOG_PATH}%2F..%2Fusers`, 'page of the list'],
  [`${GRAPH}${LOG_PATH}/`, 'page of the list'],
  [`${GRAPH}\\\\evil.example${LOG_PATH}`, 'page of the list'],
  [LOG_PATH, 'URL'],
  [`//evil.example${LOG_PATH}`, 'URL'],
  ['no link', 'URL'],
  ['', 'URL'],
])('%s is not followed', (link, what) => {
  expect(() => nextPagePath(link, GRAPH)).toThrow(expect.objectContaining(refusal));
  expect(() => nextPagePath(link, GRAPH)).toThrow(what);
});
test('the longest link that is followed has 8,192 characters', () => {
  const longest = `${GRAPH}${LOG_PATH}?`.padEnd(8_192, 'x');
  expect(nextPagePath(longest, GRAPH)).toHaveLength(8_192 - GRAPH.length);
  expect(() => nextPagePath(`${longest}x`, GRAPH)).toThrow(expect.objectContaining(refusal));
});
test('whatever the link: it is refused, or leads to the log on Graph', () => {
  const piece = fc.constantFrom(
    'https://',
    'http://',
    'x:',
    '//',
    '\\',
    '@',
    ':',
    '/',
    '..',
    '?',
    '#',
    '%2e',
    '\t',
    GRAPH,
    LOG_PATH,
    'evil.example',
  );
  const link = fc.oneof(
    fc.webUrl(),
    fc.array(fc.oneof(piece, fc.string({ maxLength: 5 })), { maxLength: 8 }).map((all) => all.join('')),
  );
  fc.assert(
    fc.property(link, (text) => {
      let path: string;
      try {
        path = nextPagePath(text, GRAPH);
      } catch (error) {
        expect(error).toMatchObject(refusal);
        return;
      }
      const { origin, pathname } = new URL(path, GRAPH);
      expect([origin, pathname]).toEqual([GRAPH, LOG_PATH]);
    }),
    { numRuns: 500 },
  );
});
