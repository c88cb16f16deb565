// Faults that happen to a job, now or after some uploads.
import type { JobFault } from './faults';
import type { Job } from './job';
import type { Tenant } from './tenant';

/** Applies the faults that are due; `uploadAccepted` counts an upload first. */
export function applyJobFaults(tenant: Tenant, uploadAccepted: boolean): void {
  for (const fault of tenant.faults.takeJobFaults(uploadAccepted))
    for (const job of [...tenant.jobs.values()])
      if (fault.jobId === undefined || fault.jobId === job.id) strikeJob(tenant, job, fault);
}

function strikeJob(tenant: Tenant, job: Job, { state, reason }: JobFault): void {
  const now = tenant.clock.now();
  switch (state) {
    case 'quarantine': {
      job.enterQuarantine(reason ?? 'EncounteredEscrowProportionThreshold', now);
      return;
    }
    case 'pause': {
      job.pause();
      return;
    }
    case 'start': {
      job.start(now);
      return;
    }
    case 'restart':
      // A restart in the portal stops the job first, so waiting records are purged.
      job.pause();
      {
        job.restart(now, new Set(['Full']));
        return;
      }
    case 'gone': {
      tenant.removeJob(job);
      return;
    }
    case 'agentDown': {
      job.setAgent(false, now);
      return;
    }
    case 'agentUp': {
      job.setAgent(true, now);
      return;
    }
  }
}
