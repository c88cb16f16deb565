// Attacks of somebody who writes the source.json of one source.
import { MAX_PROBLEMS_TOLD } from '../../shared/source/settings-limits';
import { csvOf, person, settingsOf } from '../unit/pipeline/contoso';
import type { Attack } from './attack';
import { attacksBy } from './attack';
import { ATTACKED, ATTACKED_JOB, type AttackedWorld, BYSTANDER_JOB } from './attacked-world';

/** Settings of the attacked source with members replaced. */
const settings = (members: object): object => settingsOf({ content: 'changes' }, { job: ATTACKED_JOB, ...members });

/** A long id that fits none of the patterns. */
const STRANGER = `${'a'.repeat(60)}!`;

/** Writes the settings and drops a file with somebody whose row does what the author wants, and somebody else. */
const writes =
  (written: object | string) =>
  (world: AttackedWorld): void => {
    world.pipeline.sources.put(ATTACKED, written);
    world.drop(`${ATTACKED}/people.csv`, csvOf(person('aa'), `${STRANGER},Active,x@contoso.example`));
  };

const reasonOf = async (world: AttackedWorld): Promise<unknown> =>
  (await world.attackedRuns()).map(({ reason }) => reason);
const verdictsOf = async (world: AttackedWorld): Promise<unknown> =>
  (await world.attackedRuns()).map(({ state, verdicts }) => ({ state, ...verdicts }));

const heldFor =
  (code: string, problem: string) =>
  async (world: AttackedWorld): Promise<void> => {
    expect(await reasonOf(world)).toMatchObject([
      { code, values: { problems: expect.arrayContaining([expect.objectContaining({ code: problem })]) } },
    ]);
    expect(world.faults).toEqual([]);
  };
/** The harmless row went its way, the other one was rejected. */
const oneRejected = async (world: AttackedWorld): Promise<void> => {
  expect(await verdictsOf(world)).toMatchObject([{ state: 'settled', created: 1, rejected: 1 }]);
  expect(world.faults).toEqual([]);
};

const held = (does: string, written: object | string, problem: string): Attack => ({
  does,
  holds: 'the file is held, and its reason names the mistake',
  attack: writes(written),
  expect: heldFor('source-invalid', problem),
});

attacksBy('settings-author', [
  ...['(?:a|a|a|a)+', '(a*)*', '(?:a?){50}a{2}', '(?:.*a){2}'].map((pattern): Attack => ({
    does: `gives ids the form ${pattern}`,
    holds: 'the id that fits it goes its way, and the one that almost does is rejected',
    attack: writes(settings({ id: { column: 'Id', pattern } })),
    expect: oneRejected,
  })),
  held(
    'gives ids a form that refers back',
    settings({ id: { column: 'Id', pattern: '(a*)*\\1b' } }),
    'settings-pattern-invalid',
  ),
  held('writes settings of 30 MB', settings({ id: 'x'.repeat(30e6) }), 'settings-too-large'),
  held('writes settings 100,000 levels deep', '['.repeat(100_000), 'settings-too-large'),
  held(
    'writes an expression 1,900 levels deep',
    settings({ mapping: { userName: 'Email', title: { expression: `${'('.repeat(1_900)}Id${')'.repeat(1_900)}` } } }),
    'settings-expression-deep',
  ),
  ...[
    { servicePrincipalId: 'sp-payroll', jobId: 'API2AAD.payroll' },
    { ...ATTACKED_JOB, jobId: 'API2AAD.payroll' },
    { ...BYSTANDER_JOB, servicePrincipalId: ATTACKED_JOB.servicePrincipalId },
  ].map((job): Attack => ({
    does: `aims at the job ${job.jobId} of the app ${job.servicePrincipalId}, which this installation is not for`,
    holds: 'the file is held, nothing is asked of or sent to that job, and it belongs to nobody',
    attack: writes(settings({ job })),
    expect: async (world) => {
      expect(await reasonOf(world)).toMatchObject([{ code: 'job-not-allowed' }]);
      expect((await world.pipeline.owners.read(job)).value).toBeNull();
      expect(world.faults).toEqual([]);
    },
  })),
  {
    does: 'makes 20,000 mistakes',
    holds: 'the file is held, with the first of them and the number of the others',
    attack: writes(settings(Object.fromEntries(Array.from({ length: 20_000 }, (_, at) => [`mistake${at}`, at])))),
    expect: async (world) => {
      expect(await reasonOf(world)).toMatchObject([
        { code: 'source-invalid', values: { more: 20_000 - MAX_PROBLEMS_TOLD } },
      ]);
      expect(world.faults).toEqual([]);
    },
  },
  {
    does: 'declares a column of long texts a time',
    holds: 'the rows with them are rejected',
    attack: (world) => {
      const time = {
        [`urn:ietf:params:scim:schemas:extension:contoso:2.0:User`]: { since: { column: 'Since', type: 'dateTime' } },
      };
      world.pipeline.sources.put(ATTACKED, settings({ guard: 'off', mapping: { userName: 'Email', ...time } }));
      const rows = Array.from({ length: 100 }, (_, at) => `${person(`p${at}`)},${'T'.repeat(32_000 + at)}`);
      world.drop(`${ATTACKED}/people.csv`, `Id,Status,Email,Since\n${rows.join('\n')}\n${person('aa')},\n`);
    },
    expect: async (world) => {
      expect(await verdictsOf(world)).toMatchObject([{ state: 'settled', created: 1, rejected: 100 }]);
    },
  },
]);
