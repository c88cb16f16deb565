// Events as lines.
import { createTell, describeError } from '../../../local/host/host-log';

const at = new Date('2026-11-21T10:00:00Z');
function lineOf(asJson: boolean): string {
  const lines: string[] = [];
  createTell(
    (line) => lines.push(line),
    asJson,
    () => at,
  )('warning', 'log', 'careful', { functionName: 'work' });
  return lines[0]!;
}

test('for people: time, level, function, message', () => {
  expect(lineOf(false)).toBe('[2026-11-21T10:00:00.000Z] WARN work: careful');
});

test('for people: a failure shows where it happened, below its line', () => {
  const lines: string[] = [];
  const stack = 'Error: twice\n    at somewhere (file.js:1:2)';
  createTell(
    (line) => lines.push(line),
    false,
    () => at,
  )('error', 'invocation-failed', 'twice', { stack });
  expect(lines).toEqual(['[2026-11-21T10:00:00.000Z] ERROR twice\n    at somewhere (file.js:1:2)']);
});

test('for tools: one JSON object', () => {
  expect(JSON.parse(lineOf(true))).toEqual({
    time: at.toISOString(),
    level: 'warning',
    event: 'log',
    message: 'careful',
    functionName: 'work',
  });
});

test('an error is on one line, with its causes', () => {
  const error = new Error('outer\nmore', { cause: new TypeError('inner') });
  expect(describeError(error)).toBe('Error: outer (cause: TypeError: inner)');
  expect(describeError('a text')).toBe('a text');
});
