// Attacks of a service that lies, or of a proxy before it, on the in-memory ports.
import { LOG_PATH } from '../../shared/graph/next-page';
import type { GraphReply } from '../../shared/graph/graph-transport';
import { graphAnswer } from '../unit/memory/scripted-graph';
import type { Attack } from './attack';
import { attacksBy } from './attack';
import type { AttackedWorld } from './attacked-world';

const HOUR_MS = 3_600_000;

/** The log of the attacked job answers so for an hour, after two people were sent to it; then the service is honest again. */
const logSays =
  (answer: (world: AttackedWorld, request: number) => GraphReply): Attack['attack'] =>
  (world) => {
    let requests = 0;
    world.dropPeople('p1', 'p2');
    world.lie(
      (request, honest) => (request.path.startsWith(LOG_PATH) ? answer(world, ++requests) : honest(request)),
      HOUR_MS,
    );
  };
const page = (more: object): GraphReply => graphAnswer(200, { body: JSON.stringify({ value: [], ...more }) });
const linkTo = ({ pipeline }: AttackedWorld, token: string | number): object => ({
  '@odata.nextLink': `${pipeline.graph.origin}${LOG_PATH}?$skiptoken=${token}`,
});

const allCreated: Attack['expect'] = async (world) => {
  expect(await world.attackedRuns()).toMatchObject([{ state: 'settled', verdicts: { created: 2 } }]);
};
/** Codes of the readings that were put off. */
const postponed = ({ pipeline }: AttackedWorld): ReadonlySet<unknown> =>
  new Set(
    pipeline.events.filter(({ name }) => name === 'rollcall.reconcile.postponed').map(({ fields }) => fields.code),
  );

attacksBy('lying-graph', [
  {
    does: 'says that the next page of the log is the one it has sent',
    holds: 'the reading ends there, and gives every verdict once the log is right',
    attack: logSays((world) => page(linkTo(world, 'same'))),
    expect: async (world) => {
      await allCreated(world);
      expect(postponed(world)).toEqual(new Set(['graph-log-misleading']));
    },
  },
  {
    does: 'sends us round in a circle of pages',
    holds: 'the same',
    attack: logSays((world, request) => page(linkTo(world, request % 7))),
    expect: async (world) => {
      await allCreated(world);
      expect(postponed(world)).toEqual(new Set(['graph-log-misleading']));
    },
  },
  {
    does: 'has a log without end',
    holds: 'a tick reads as much of it as it has time for',
    attack: logSays((world, request) => page(linkTo(world, request))),
    expect: allCreated,
  },
  {
    does: 'names a next page on another host',
    holds: 'nothing is asked there',
    attack: logSays(() => page({ '@odata.nextLink': `x:https://evil.example${LOG_PATH}` })),
    expect: async (world) => {
      await allCreated(world);
      expect(postponed(world)).toEqual(new Set(['graph-log-misleading']));
    },
  },
  {
    does: 'has an empty log for ever',
    holds: 'rows that were sent are not seen',
    attack: (world) => {
      world.dropPeople('p1', 'p2');
      world.lie((request, honest) => (request.path.startsWith(LOG_PATH) ? page({}) : honest(request)));
    },
    expect: async (world) => {
      expect(await world.attackedRuns()).toMatchObject([{ state: 'settled', verdicts: { 'not-seen': 2 } }]);
    },
  },
  {
    does: 'adds to the true entries some that are nested 100,000 deep, or take a megabyte',
    holds: 'those are evidence of nothing, and the true ones count',
    attack: (world) => {
      world.dropPeople('p1', 'p2');
      const deep = `${'['.repeat(100_000)}${']'.repeat(100_000)}`;
      const long = JSON.stringify('x'.repeat(1_000_000));
      world.lie((request, honest) => {
        const answer = honest(request);
        if (!request.path.startsWith(LOG_PATH) || !('body' in answer)) return answer;
        const { value } = JSON.parse(answer.body) as { value: readonly { readonly id: string }[] };
        const entries = value.flatMap((entry) =>
          [deep, long].map((modified) =>
            JSON.stringify({ ...entry, id: `${entry.id}-lie`, modifiedProperties: '@' }).replace('"@"', modified),
          ),
        );
        return { ...answer, body: `{"value":[${[...entries, ...value.map((one) => JSON.stringify(one))].join()}]}` };
      });
    },
    expect: allCreated,
  },
  {
    does: 'gives members the names of what every object has',
    holds: 'they mean what any unknown word means',
    attack: (world) => {
      world.dropPeople('p1', 'p2');
      world.lie((request, honest) => {
        const answer = honest(request);
        if (!('body' in answer) || answer.body === '') return answer;
        const body = answer.body.replaceAll('"create"', '"constructor"').replaceAll('"Active"', '"constructor"');
        return { ...answer, body };
      });
    },
    expect: async (world) => {
      expect(await world.attackedRuns()).toMatchObject([{ state: 'settled', verdicts: { unchanged: 2 } }]);
    },
  },
]);
