// A process that starts Azurite and a host and is then killed by its test; it sends the process ids of all its children.
const { readdirSync, readFileSync } = require('node:fs');
const { join } = require('node:path');
const built = join(__dirname, '../../dist/local');
const { startAzurite } = require(join(built, 'azurite.js'));
const { startHostProcess } = require(join(built, 'host/host-process.js'));

const childrenOf = (parent) =>
  readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .filter((pid) => {
      try {
        return (
          Number(
            readFileSync(`/proc/${pid}/stat`, 'utf8')
              .replace(/^.*\) /, '')
              .split(' ')[1],
          ) === parent
        );
      } catch {
        return false; // It has ended meanwhile.
      }
    })
    .map(Number);

(async () => {
  const { connectionString } = await startAzurite();
  const settings = { AzureWebJobsStorage: connectionString, IN_QUEUE: 'any', OUT_QUEUE: 'any' };
  await startHostProcess({ appDir: join(__dirname, 'queues'), settings });
  process.send(childrenOf(process.pid));
})();
