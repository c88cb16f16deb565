// Lines 15 to 17 of the checklist: the provisioning logs.
import { JOB, SERVICE_PRINCIPAL, graph, readLogs, upload, user, type LogPage } from './simulator-client';
import { started, stopAll } from './started';

afterEach(stopAll);

type Running = Awaited<ReturnType<typeof started>>;

const people = (count: number) => Array.from({ length: count }, (_, index) => user(String(index)));

async function readAll(entra: Running, query: Record<string, string>): Promise<LogPage[]> {
  const pages = [await readLogs(entra, query)];
  for (let next = pages[0]!['@odata.nextLink']; next !== undefined; next = pages.at(-1)!['@odata.nextLink']) {
    pages.push((await (await graph(entra, 'GET', next.slice(entra.url.length))).json()) as LogPage);
  }
  return pages;
}

test('line 15: an answer has a context and values, and no next link on the last page', async () => {
  const entra = await started();
  await upload(entra, user('1'));
  const page = await readLogs(entra);
  expect(page['@odata.context']).toBe(`${entra.url}/v1.0/$metadata#auditLogs/provisioning`);
  expect(page).not.toHaveProperty('@odata.nextLink');
  expect(page.value).toHaveLength(1);
});

const AT = '2026-09-14T12:00:00Z';
test.each([
  [`jobid eq '${JOB}'`, 2],
  [`jobId eq '${JOB}'`, 2],
  [`jobid eq '${JOB.toLowerCase()}'`, 0],
  [`jobid eq '${JOB}' and sourceIdentity/id eq '1'`, 1],
  [`sourceIdentity/id ne '1'`, 1],
  [`provisioningStatusInfo/status eq 'failure'`, 1],
  [`statusInfo/status eq 'success'`, 1],
  [`provisioningAction eq 'create' and activityDateTime gt 2026-09-14T11:59:59Z`, 2],
  [`activityDateTime gt ${AT}`, 0],
  [`activityDateTime ge ${AT}`, 2],
  [`activityDateTime lt ${AT}`, 0],
  [`activityDateTime le ${AT}`, 2],
  [`activityDateTime eq ${AT}`, 2],
  [`activityDateTime gt 2026-09-14T13:59:59.5+02:00`, 2],
  [`contains(sourceIdentity/displayName,'User')`, 2],
  [`contains(sourceIdentity/displayName,'user')`, 0],
  [`contains(tolower(servicePrincipal/id),'${SERVICE_PRINCIPAL.slice(0, 8)}')`, 2],
  [`servicePrincipal/id eq '${SERVICE_PRINCIPAL}'`, 2],
  [`sourceIdentity/displayName eq 'O''Brien'`, 0],
  [`durationInMilliseconds gt 1`, 2],
  [`sourceIdentity/id eq '1' or sourceIdentity/id eq '2'`, 2],
  [`jobid eq '${JOB}' and (sourceIdentity/id eq '1' or sourceIdentity/id eq '3')`, 1],
  [`tolower(sourceIdentity/displayName) eq 'user 1'`, 1],
  [`contains(servicePrincipal/id,'${SERVICE_PRINCIPAL.slice(9)}')`, 2],
])('line 15: the filter %s finds %i', async (filter, count) => {
  const entra = await started();
  await upload(entra, user('1'), user('2', { userName: 'no name' }));
  expect((await readLogs(entra, { $filter: filter })).value).toHaveLength(count);
});

test.each([
  `jobid eq ${JOB}`,
  `not jobid eq '${JOB}'`,
  `bulkId eq '1'`,
  `jobid gt '1'`,
  `jobid eq '1' and`,
  `jobid = '1'`,
  `activityDateTime gt '2026-09-14T12:00:00Z'`,
  `activityDateTime gt yesterday`,
  `contains(jobid)`,
  `jobid eq 'open`,
  '',
])('line 15: the filter %s is 400', async (filter) => {
  const entra = await started();
  const query = new URLSearchParams({ $filter: filter }).toString();
  expect((await graph(entra, 'GET', `/v1.0/auditLogs/provisioning?${query}`)).status).toBe(400);
});

test.each([
  [`jobid eq '1'`, 200],
  [`activityDateTime gt ${AT}`, 200],
  [`contains(jobid,'1')`, 200],
  [`activityDateTime ge ${AT}`, 400],
  [`cycleId ne '1'`, 400],
  [`contains(tolower(servicePrincipal/id),'1')`, 400],
  [`contains(servicePrincipal/id,'1')`, 400],
  [`jobid eq '1' or jobid eq '2'`, 400],
  [`(jobid eq '1')`, 400],
])('line 15: with the strict switch the filter %s is %i', async (filter, status) => {
  const entra = await started({ strictFilter: true });
  const query = new URLSearchParams({ $filter: filter }).toString();
  expect((await graph(entra, 'GET', `/v1.0/auditLogs/provisioning?${query}`)).status).toBe(status);
});

test('line 15: the next link leads through the pages, each entry once, even while new ones arrive', async () => {
  const entra = await started({ logPace: { calls: 100, windowMs: 10_000 } });
  await upload(entra, ...people(45));
  const first = await readLogs(entra, { $top: '20', $filter: `jobid eq '${JOB}'` });
  await upload(entra, user('new'));
  const rest = await graph(entra, 'GET', first['@odata.nextLink']!.slice(entra.url.length));
  const second = (await rest.json()) as LogPage;
  const third = (await (
    await graph(entra, 'GET', second['@odata.nextLink']!.slice(entra.url.length))
  ).json()) as LogPage;
  const ids = [first, second, third].flatMap(({ value }) => value.map(({ sourceIdentity }) => sourceIdentity.id));
  expect([first, second, third].map(({ value }) => value.length)).toEqual([20, 20, 5]);
  expect(third).not.toHaveProperty('@odata.nextLink');
  expect(new Set(ids).size).toBe(45);
  expect(ids).not.toContain('new');
});

test('line 15: a page has 100 entries unless $top says otherwise, and at most 1,000', async () => {
  const entra = await started({ logPace: { calls: 100, windowMs: 10_000 } });
  await upload(entra, ...people(50));
  await upload(entra, ...people(50).map((person) => ({ ...person, displayName: 'Other' })));
  await upload(entra, user('last'));
  expect((await readAll(entra, {})).map(({ value }) => value.length)).toEqual([100, 1]);
  for (const top of ['1001', '0', '-1', 'all'])
    expect((await graph(entra, 'GET', `/v1.0/auditLogs/provisioning?$top=${top}`)).status).toBe(400);
});

test('line 15: newest first by default, $orderby reverses it, anything else is 400', async () => {
  const entra = await started();
  for (const id of ['1', '2', '3']) {
    await upload(entra, user(id));
    entra.advance(1_000);
  }
  const read = async (query: Record<string, string>) =>
    (await readLogs(entra, query)).value.map(({ sourceIdentity }) => sourceIdentity.id);
  expect(await read({})).toEqual(['3', '2', '1']);
  expect(await read({ $orderby: 'activityDateTime asc' })).toEqual(['1', '2', '3']);
  expect(await read({ $orderby: 'activityDateTime desc' })).toEqual(['3', '2', '1']);
  expect((await graph(entra, 'GET', '/v1.0/auditLogs/provisioning?$orderby=id')).status).toBe(400);
});

test('line 15: with the unsorted switch there is no order, whatever is requested', async () => {
  const entra = await started({ unsorted: true, shuffle: false });
  await upload(entra, ...people(20));
  const { value } = await readLogs(entra, { $orderby: 'activityDateTime' });
  const ids = value.map(({ sourceIdentity }) => Number(sourceIdentity.id));
  expect(ids).not.toEqual([...ids].sort((a, b) => a - b));
  expect(ids).toHaveLength(20);
});

test('line 15: entries appear in the log in a different order than they happened', async () => {
  const entra = await started({ processingDelayMs: [0, 10_000], logDelayMs: [0, 600_000] });
  await upload(entra, ...people(20));
  entra.advance(300_000);
  const seen = new Set((await readLogs(entra)).value.map(({ id }) => id));
  entra.advance(310_000);
  const all = (await readLogs(entra, { $orderby: 'activityDateTime' })).value;
  const newest = all.findLastIndex(({ id }) => seen.has(id));
  expect(all.slice(0, newest).some(({ id }) => !seen.has(id))).toBe(true);
});

test('line 16: a record has every member of the resource, and nothing of the request but the externalId', async () => {
  const entra = await started();
  await upload(entra, user('1'));
  const [entry] = (await readLogs(entra)).value;
  expect(Object.keys(entry!).sort()).toEqual(
    [
      'activityDateTime',
      'changeId',
      'cycleId',
      'durationInMilliseconds',
      'id',
      'initiatedBy',
      'jobId',
      'modifiedProperties',
      'provisioningAction',
      'provisioningStatusInfo',
      'provisioningSteps',
      'servicePrincipal',
      'sourceIdentity',
      'sourceSystem',
      'targetIdentity',
      'targetSystem',
      'tenantId',
    ].sort(),
  );
  expect(entry).toMatchObject({
    activityDateTime: AT,
    tenantId: entra.tenantId,
    jobId: JOB,
    provisioningAction: 'create',
    servicePrincipal: { id: SERVICE_PRINCIPAL },
    sourceIdentity: { id: '1', displayName: 'User 1', identityType: 'User' },
    targetIdentity: { id: entra.directory()[0]!.id },
    provisioningStatusInfo: { status: 'success', errorInformation: null },
  });
  expect(entry!.modifiedProperties).toContainEqual({
    displayName: 'userPrincipalName',
    oldValue: null,
    newValue: 'u1@contoso.example',
  });
  expect(JSON.stringify(entry)).not.toMatch(/bulkId|b-0/);
});

test('line 16: with a switch, skipped entries carry error information', async () => {
  const entra = await started({ skippedWithError: true });
  await upload(entra, user('1'));
  entra.advance(1_000);
  await upload(entra, user('1'));
  const [entry] = (await readLogs(entra)).value;
  expect(entry!.provisioningStatusInfo.errorInformation!.errorCode).toBe('EntrySynchronizationSkipped');
});

test('line 16: with a switch, times have milliseconds', async () => {
  const entra = await started({ wholeSeconds: false });
  entra.advance(123);
  await upload(entra, user('1'));
  expect((await readLogs(entra)).value[0]!.activityDateTime).toBe('2026-09-14T12:00:00.123Z');
});

test('line 17: the sixth request of an application within 10 seconds is 429 and says when to retry', async () => {
  const entra = await started();
  const read = (appId: string) =>
    fetch(`${entra.url}/v1.0/auditLogs/provisioning`, {
      headers: { authorization: `Bearer ${entra.token({ roles: ['ProvisioningLog.Read.All'], appId })}` },
    });
  const statuses: number[] = [];
  for (let call = 0; call < 5; call += 1) statuses.push((await read('one')).status);
  const refused = await read('one');
  expect([...statuses, refused.status]).toEqual([200, 200, 200, 200, 200, 429]);
  expect(refused.headers.get('retry-after')).toBe('10');
  expect((await read('two')).status).toBe(200);
  entra.advance(10_000);
  expect((await read('one')).status).toBe(200);
  expect(entra.stats().logPaces.one).toMatchObject({ calls: 7, violations: 1, maxInWindow: 6 });
});

test.each([
  ['ProvisioningLog.Read.All', 200],
  ['AuditLog.Read.All', 200],
  ['Directory.Read.All', 200],
  ['SynchronizationData-User.Upload', 403],
])('line 17: with %s the logs answer %i', async (role, status) => {
  const entra = await started();
  const headers = { authorization: `Bearer ${entra.token({ roles: [role] })}` };
  expect((await fetch(`${entra.url}/v1.0/auditLogs/provisioning`, { headers })).status).toBe(status);
});

test('line 17: entries are kept for 30 days', async () => {
  const entra = await started();
  await upload(entra, user('1'));
  entra.advance(30 * 86_400_000);
  expect((await readLogs(entra)).value).toHaveLength(1);
  entra.advance(1);
  expect((await readLogs(entra)).value).toHaveLength(0);
});

test('the memory of the log is bounded, and what was dropped is counted', async () => {
  const entra = await started({ maxLogEntries: 20 });
  await upload(entra, ...people(30));
  const { entries, dropped } = entra.stats().log;
  expect(entries).toBeLessThanOrEqual(20);
  expect(entries + dropped).toBe(30);
});
