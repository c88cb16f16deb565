// A script, run after a change of the settings' schema: `node dist/shared/source/write-source-schema.js && npm run format`.
// It writes the JSON Schema that editors read; a unit test fails while the file and the schema differ.
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { publishedSourceSchema } from './settings-schema';

const file = process.argv[2] ?? join('shared', 'source', 'source.schema.json');
writeFileSync(file, `${JSON.stringify(publishedSourceSchema(), null, 2)}\n`);
