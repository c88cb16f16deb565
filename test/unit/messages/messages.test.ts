// Every message of every table: a sentence, whatever its values; and the catalogue that finds it.
import { cliMessages } from '../../../cli/cli-messages';
import { appMessages } from '../../../functions/app-messages';
import { quote } from '../../../shared/core/message';
import type { Message, MessageValues } from '../../../shared/core/message';
import type { EmitEvent } from '../../../shared/core/telemetry';
import {
  sentenceOf,
  sentenceOfServiceCode,
  sentenceOfVerdict,
  tablesOf,
  tellBy,
} from '../../../shared/messages/catalogue';
import { english } from '../../../shared/messages/english';
import { heldFileLines } from '../../../shared/messages/report-messages';
import { knownErrorCodes } from '../../../shared/verdict/error-classes';
import { VERDICTS } from '../../../shared/verdict/verdict';
import { samples } from './samples';

const tell = tellBy([...tablesOf(english), appMessages, cliMessages]);
const cases = Object.values(samples).flatMap((table) =>
  Object.entries(table as Readonly<Record<string, readonly MessageValues[]>>).flatMap(([code, list]) =>
    list.map((values): [string, Message] => [`${code} ${JSON.stringify(values)}`, { code, values }]),
  ),
);

/** What is wrong with a sentence, one word each. */
function faultsOf(sentence: string): readonly string[] {
  // A place is no count: "on line 1 lacks".
  const counts = sentence.replace(/\b[Ll]ine \d+/g, 'there');
  return [
    ...(/undefined|null|NaN|\[object|Infinity/.test(sentence.replace(/"Flow null values"|A null clears/g, ''))
      ? ['value']
      : []),
    ...(/\.$/.test(sentence) ? [] : ['end']),
    ...(/^[A-Z"]/.test(sentence) ? [] : ['beginning']),
    ...(/ {2}|\.\.$|[.,]\.|\s[.,;]|\(\)/.test(sentence) ? ['typing'] : []),
    ...(/(?<![\d,.])1 (?!is\b|has\b|was\b)[a-z]+s\b/.test(counts) ? ['one'] : []),
    ...(/(?<![\d,.])(?:0|[2-9]|\d{2,}) (?:row|column|cell|byte|line|character|value|level|mistake|time|entry|is|has|was)\b/.test(
      counts,
    )
      ? ['many']
      : []),
  ];
}

test.each(cases)('%s is a sentence', (_name, message) => {
  const sentence = tell(message);
  expect(sentence).not.toBe(message.code);
  expect(faultsOf(sentence)).toEqual([]);
});

test.each([
  ['undefined rows are missing.', ['value', 'beginning']],
  ['The file has [object Object].', ['value']],
  ['The file has 1 rows.', ['one']],
  ['The file has 2 row.', ['many']],
  ['The  file', ['end', 'typing']],
])('the look at sentences finds what is wrong with %j', (sentence, faults) => {
  expect(faultsOf(sentence)).toEqual(faults);
});

test('each verdict and each code of the service has a sentence, unknown codes too', () => {
  const all = [...VERDICTS.map(sentenceOfVerdict), ...knownErrorCodes().map(sentenceOfServiceCode)];
  expect([...all, sentenceOfServiceCode('Unheard')].filter((sentence) => faultsOf(sentence).length > 0)).toEqual([]);
});

test.each([
  [
    { code: 'byte-undecodable', values: { encoding: 'utf-8', line: 7, isExact: true, byte: null } },
    'Line 7 contains a character that is not valid UTF-8.',
  ],
  [
    { code: 'manifest-differs', values: { what: 'rows', announced: 1, found: 2 } },
    'The manifest announces 1 row, but the file has 2 rows.',
  ],
  [{ code: 'settings-member-form', values: { rule: 'minLength', limit: 1 } }, 'Must not be empty.'],
  [
    { code: 'user-not-scim', values: { column: quote('Role'), attribute: 'roles.value', rule: 'type' } },
    'Column "Role" has a value of the wrong type (roles.value). Tell your identity team.',
  ],
])('%j reads as it should', (message, sentence) => {
  expect(sentenceOf(message)).toBe(sentence);
});

test('a code of another version is shown as it is, and so is one whose stored values have another form', () => {
  expect(sentenceOf({ code: 'from-the-future', values: {} })).toBe('from-the-future');
  const stored = JSON.parse('{ "code": "row-ragged", "message": "Finished text." }') as Message;
  expect(sentenceOf(stored)).toBe('row-ragged');
});

test('a quote is cut, and shows what cannot be seen', () => {
  expect(quote('a\u200bb\nc')).toEqual({ quote: 'a?b?c' });
  expect(quote('x'.repeat(60)).quote).toBe('x'.repeat(60));
  expect(quote('x'.repeat(61)).quote).toBe(`${'x'.repeat(60)}…`);
});

test('why-held.txt says where only if it is known', () => {
  const held = {
    file: quote('people.csv'),
    sentence: 'It is empty.',
    code: 'file-empty',
    run: 'r1',
    line: null,
    column: null,
    withoutPlan: null,
  };
  expect(heldFileLines(held).join('\n')).not.toContain('Where');
  expect(heldFileLines({ ...held, line: 3, column: quote('Id') })).toContain('Where: line 3, column "Id".');
  expect(heldFileLines(held).join()).not.toContain('plan');
  expect(heldFileLines({ ...held, withoutPlan: 'missing' }).join()).toContain('no plan');
  expect(heldFileLines({ ...held, withoutPlan: 'disable' }).join()).toContain('no plan');
});

test('what quotes a file cannot reach telemetry', () => {
  const told: unknown[] = [];
  const emit: EmitEvent = (_name, fields) => told.push(fields);
  const of = { source: 'contoso-hr', run: 'r1' };
  // @ts-expect-error -- a quote is no value of a member
  emit('rollcall.intake.held', { ...of, code: quote('Ada Example') });
  // @ts-expect-error -- and no event has a member that it does not declare
  emit('rollcall.intake.held', { ...of, code: 'id-lost-zeros', value: 'Ada Example' });
  const message: Message = { code: 'id-lost-zeros', values: { id: quote('Ada Example') } };
  // @ts-expect-error -- nor may all values of a message be passed on
  emit('rollcall.intake.held', message.values);
  emit('rollcall.intake.held', { ...of, code: message.code });
  expect(told.at(-1)).toEqual({ ...of, code: 'id-lost-zeros' });
});
