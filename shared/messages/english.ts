// English: the wordings of all concepts, each from the folder of its codes.
import { deliveryMessages } from '../delivery/delivery-messages';
import { doctorMessages } from '../doctor/doctor-messages';
import { exportMessages } from '../export/export-messages';
import { credentialMessages } from '../graph/credential-messages';
import { graphMessages } from '../graph/graph-messages';
import { managementMessages } from '../graph/management-messages';
import { guardMessages, limitSentence } from '../guard/guard-messages';
import { mappingMessages } from '../mapping/mapping-messages';
import { missingMessages } from '../missing/missing-messages';
import { rosterMessages } from '../roster/roster-messages';
import { runMessages } from '../run/run-messages';
import { setupMessages } from '../tenant/setup-messages';
import { sourceMessages } from '../source/source-messages';
import { serviceSentences, serviceUnknownSentence } from '../verdict/service-messages';
import { verdictMessages, verdictSentences } from '../verdict/verdict-messages';
import type { Language } from './language-parts';
import { planMessages } from './plan-messages';
import { approvedFileLines, heldFileLines } from './report-messages';

export const english: Language = {
  tables: {
    export: exportMessages,
    mapping: mappingMessages,
    source: sourceMessages,
    run: runMessages,
    guard: guardMessages,
    roster: rosterMessages,
    missing: missingMessages,
    delivery: deliveryMessages,
    graph: graphMessages,
    credential: credentialMessages,
    management: managementMessages,
    setup: setupMessages,
    verdict: verdictMessages,
    doctor: doctorMessages,
  },
  verdicts: verdictSentences,
  service: serviceSentences,
  serviceUnknown: serviceUnknownSentence,
  heldFile: heldFileLines,
  approvedFile: approvedFileLines,
  limit: limitSentence,
  plan: planMessages,
};
