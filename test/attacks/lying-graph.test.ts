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
]);
