// A script, run after a change of any table of codes: `npm run build && node dist/local/docs/write-errors-page.js`.
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { errorsPage } from './errors-page';

writeFileSync(process.argv[2] ?? join('docs', 'errors.md'), errorsPage());
