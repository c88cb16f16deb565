// Which jobs a list allows: by app, by job, whatever the case; and what no list means.
import { isNoJobList, jobsAllowedBy } from '../../../shared/delivery/allowed-jobs';

const JOB = { servicePrincipalId: '0b1c2d3e-SP', jobId: 'API2AAD.Contoso' };

describe.each([true, false])('a list (on loopback: %s)', (isLoopback) => {
  test.each([
    ['its app', '0b1c2d3e-SP'],
    ['itself', '0b1c2d3e-SP/API2AAD.Contoso'],
    ['its app in another case', '0B1C2D3E-sp'],
    ['itself in another case', '0b1c2d3E-sp/api2aad.CONTOSO'],
    ['itself, among others, with spaces', 'other , 0b1c2d3e-SP/API2AAD.Contoso\t,another/API2AAD.x\n'],
  ])('that names %s allows a job', (_, list) => {
    expect(jobsAllowedBy(list, isLoopback)(JOB)).toBe(true);
  });
  test.each([
    ['another app', 'other'],
    ['another job of its app', '0b1c2d3e-SP/API2AAD.Fabrikam'],
    ['its id as that of a job of another app', 'other/API2AAD.Contoso'],
    ['its id as that of an app', 'API2AAD.Contoso'],
    ['the beginning of its app', '0b1c2d3e'],
    ['the beginning of its id', '0b1c2d3e-SP/API2AAD'],
    ['more than its app', '0b1c2d3e-SP2'],
  ])('that names %s does not', (_, list) => {
    expect(jobsAllowedBy(list, isLoopback)(JOB)).toBe(false);
  });
});

test.each(['', ' ', '\n'])('no list (%j) allows any job on loopback, and none elsewhere', (list) => {
  expect(isNoJobList(list)).toBe(true);
  expect(jobsAllowedBy(list, true)(JOB)).toBe(true);
  expect(jobsAllowedBy(list, false)(JOB)).toBe(false);
});
test('a list is one', () => expect(isNoJobList('sp')).toBe(false));
