// A script, run after a change of codes or messages: `npm run build && node dist/local/docs/write-errors-page.js`. Writes docs/errors.md and
// the tables of docs/hr-guide.md.
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { errorsPage } from './errors-page';
import { withTables } from './guide-page';

const folder = process.argv[2] ?? 'docs';
const guide = join(folder, 'hr-guide.md');

writeFileSync(join(folder, 'errors.md'), errorsPage());
writeFileSync(guide, withTables(readFileSync(guide, 'utf8')));
