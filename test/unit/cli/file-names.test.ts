// Names of files on the terminal: whoever may drop files chooses them, and an operator reads them at night.
import { runText } from '../../../cli/status-text';
import { noVerdicts } from '../../../shared/verdict/verdict';
import { receivedRun } from '../../../shared/run/run-moves';

test('a name with line ends and escape codes is one word of one line', () => {
  const name = 'contoso-hr/a\r\nNothing needs a person.\u001b[2J\u009b31m\u202e.csv';
  const run = receivedRun({ source: 'contoso-hr', name, etag: '"0x1"', lastModified: 0, bytes: 1 }, 0);
  const batches = { staged: 0, sending: 0, sent: 0, settled: 0 };
  const status = { run, batches, verdicts: noVerdicts(), todo: 0, open: 0, oldestOpenNote: null, reports: null };
  const text = runText(status, '');
  const [first] = [...text];
  expect(first).toBe(`contoso-hr/a??Nothing needs a person.?[2J?31m?.csv, run ${run.run}: received`);
});
