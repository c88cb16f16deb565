// Which code writes a state and gives a verdict: the code with the named moves, and no other.
import ts from 'typescript';
import { BATCH_STATES } from '../../../shared/run/batch';
import { RUN_STATES } from '../../../shared/run/run';
import { VERDICTS } from '../../../shared/verdict/verdict';
import { productFiles, readProductFile } from './code-use';

/** Literals that a source text writes into a member of this name, such as `{ state: x ? 'held' : 'refused' }`. */
function wordsWritten(text: string, member: string): readonly string[] {
  const found: string[] = [];
  const literals = (node: ts.Node): void => {
    if (ts.isStringLiteralLike(node)) found.push(node.text);
    // What is compared is read, not written.
    const isComparison = ts.isBinaryExpression(node) && /^[!=]==?$/.test(node.operatorToken.getText());
    if (!isComparison) ts.forEachChild(node, literals);
  };
  const visit = (node: ts.Node): void => {
    if (ts.isPropertyAssignment(node) && node.name.getText() === member) literals(node.initializer);
    ts.forEachChild(node, visit);
  };
  visit(ts.createSourceFile('source.ts', text, ts.ScriptTarget.Latest, true));
  return found;
}

const writersOf = (member: string, words: readonly string[]): readonly string[] =>
  productFiles()
    .filter((file) => file.startsWith('shared/') || file.startsWith('functions/'))
    .filter((file) => wordsWritten(readProductFile(file), member).some((word) => words.includes(word)));

test('only the moves of runs and batches write a state', () => {
  // check-file.ts says whether a file on a laptop is accepted or held: that is not a run.
  expect(writersOf('state', [...RUN_STATES, ...BATCH_STATES])).toEqual([
    'shared/pipeline/check/check-file.ts',
    'shared/run/batch.ts',
    'shared/run/run-moves.ts',
  ]);
});

test('only shared/verdict/ gives verdicts', () => {
  const writers = writersOf('verdict', VERDICTS);
  expect(writers.length).toBeGreaterThan(1);
  expect(writers.filter((file) => !file.startsWith('shared/verdict/'))).toEqual([]);
});

test.each([
  ["({ state: 'held' })", ['held']],
  ["({ ...run, state: run.reason === null ? 'settled' : 'parked' })", ['settled', 'parked']],
  ["({ state: run.state === 'held' })", []],
  ['({ state: run.state })', []],
  ["if (run.state === 'held') go();", []],
])('a writer is told from a reader: %s', (text, expected) => {
  expect(wordsWritten(text, 'state')).toEqual(expected);
});
