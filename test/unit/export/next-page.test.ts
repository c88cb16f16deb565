// Links and marks of further pages beside a list of people: by names that APIs use, with a value that says something.
import { leadsToPage, type Steps } from '../../../shared/export/json/next-page';

const url = '"https://hr.example/people?page=2"';

test.each<[Steps, string]>([
  [['@odata.nextLink'], url],
  [['odata.nextLink'], url],
  [['__next'], url],
  [['next'], url],
  [['next'], '2'],
  [['next'], 'true'],
  [['nextLink'], url],
  [['NextPage'], '"2"'],
  [['next_page'], '2'],
  [['nextPageToken'], '"CAUQAA"'],
  [['next_page_url'], url],
  [['nextRecordsUrl'], '"/services/data/v61.0/query/01g-2000"'],
  [['nextCursor'], '"dXNlcg=="'],
  [['continuationToken'], '"abc"'],
  [['hasMore'], 'true'],
  [['has_more'], '"true"'],
  [['hasMorePages'], 'true'],
  [['paging', 'next'], url],
  [['Paging', 'Next'], url],
  [['pageInfo', 'hasNextPage'], 'true'],
  [['meta', 'pagination', 'next_offset'], '100'],
  [['response_metadata', 'next_cursor'], '"abc"'],
  [['links', 'next'], url],
  [['_links', 'next', 'href'], url],
  [['links', 1, 'rel'], '"next"'],
  [['previous'], url],
  [['links', 'prev'], url],
])('%j with the value %s leads to another page', (steps, raw) => {
  expect(leadsToPage(steps, raw)).toBe(true);
});

test.each<[Steps, string]>([
  [['@odata.nextLink'], 'null'],
  [['next'], '""'],
  [['next'], '" "'],
  [['next'], 'false'],
  [['next'], '"false"'],
  [['next'], '"null"'],
  [['next_page'], '0'],
  [['hasMore'], 'false'],
  [['hasMore'], '"no"'],
  [['hasMore'], '25'],
  [['@odata.deltaLink'], url],
  [['self'], url],
  [['_links', 'self', 'href'], url],
  [['_links', 'first', 'href'], url],
  [['links', 0, 'rel'], '"self"'],
  [['rel'], '"next"'],
  [['nextReview'], '"2026-12-01"'],
  [['next_of_kin'], '"Ada"'],
  [['jobs', 'next'], '"Chef"'],
  [['href'], url],
  [[], url],
])('%j with the value %s does not', (steps, raw) => {
  expect(leadsToPage(steps, raw)).toBe(false);
});
