// One measured pass of `bench roster`.
import { reportMeasured } from '../measured-process';
import { comparePeople, makeRoster, stageAlone } from './compare-people';
import { copyRoster, mergePeople, seedRoster } from './merge-people';
import { seedNight, takeNight } from './nightly-intake';
import type { RosterFigures, RosterOrder } from './roster-pass';

function run(order: RosterOrder): Promise<RosterFigures> {
  switch (order.pass) {
    case 'stage':
      return stageAlone(order.people);
    case 'make':
      return makeRoster(order.people, order.roster);
    case 'compare':
      return comparePeople(order.people, order.roster, order.changedEvery);
    case 'seed':
      return seedRoster(order.storage, order.people);
    case 'copy':
      return copyRoster(order.storage, order.people);
    case 'merge':
      return mergePeople(order.storage, order.people, order.changes);
    case 'seed-night':
      return seedNight(order.storage, order.file);
    case 'night':
      return takeNight(order.storage, order.blob);
  }
}

reportMeasured(run);
