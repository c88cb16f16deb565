#!/usr/bin/env node
// Stands in for the Azure CLI: notes each call in `calls.jsonl`, and answers as `answers.json` beside it says: for the first entry whose words
// all occur in the call, its next answer; the last one is repeated. An answer is a JSON value, or { "error": "…" }.
const { appendFileSync, readFileSync, writeFileSync } = require('node:fs');
const { join } = require('node:path');

const folder = process.env.AZ_FOLDER;
const words = process.argv.slice(2);
const body = words.find((word) => word.startsWith('@'));
const call = { words, ...(body && { body: JSON.parse(readFileSync(body.slice(1), 'utf8')) }) };
appendFileSync(join(folder, 'calls.jsonl'), `${JSON.stringify(call)}\n`);

const file = join(folder, 'answers.json');
const answers = JSON.parse(readFileSync(file, 'utf8'));
const entry = answers.find(({ to }) => to.every((word) => words.some((one) => one.includes(word))));
if (!entry) {
  process.stderr.write(`no answer to ${words.join(' ')}\n`);
  process.exit(3);
}
const [answer] = entry.give;
if (entry.give.length > 1) entry.give.shift();
writeFileSync(file, JSON.stringify(answers));
if (answer?.error) {
  process.stderr.write(`${answer.error}\n`);
  process.exit(1);
}
process.stdout.write(JSON.stringify(answer));
