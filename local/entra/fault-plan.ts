// Which fault happens next: scripted faults first, in their order, then random ones by the seed.
import { drawChance } from './chance';
import type { FaultAnswer, FaultScript, JobFault, LogFault } from './faults';
import type { Settings } from './options';
import type { RouteName } from './route-names';

/** What happens to one log entry. */
export interface LogEffect {
  readonly lost: boolean;
  readonly twice: boolean;
  readonly lateMs: number;
  readonly unknownAction: boolean;
}

interface PlannedAnswer {
  readonly on: RouteName;
  readonly answer: FaultAnswer;
  remaining: number;
}

interface PlannedLogFault {
  readonly fault: LogFault;
  matched: number;
  used: number;
}

interface PlannedJobFault {
  readonly fault: JobFault;
  uploadsLeft: number;
}

/** The pending faults. */
export class FaultPlan {
  private answers: PlannedAnswer[] = [];
  private logFaults: PlannedLogFault[] = [];
  private jobFaults: PlannedJobFault[] = [];
  private uploadsDrawn = 0;

  constructor(private readonly settings: Settings) {}

  /** Appends faults to those still pending. */
  add(scripts: readonly FaultScript[]): void {
    for (const script of scripts) {
      if (script.on === 'log') this.logFaults.push({ fault: script, matched: 0, used: 0 });
      else if (script.on === 'job') this.jobFaults.push({ fault: script, uploadsLeft: script.afterUploads ?? 0 });
      else this.answers.push(...script.answers.map((answer) => planAnswer(script.on, answer)));
    }
  }

  /** Forgets all scripted faults. */
  clear(): void {
    this.answers = [];
    this.logFaults = [];
    this.jobFaults = [];
  }

  /** Whether the body must be read before the fault can be chosen. */
  needsBody(route: RouteName): boolean {
    const next = this.answers.find((planned) => planned.on === route && planned.remaining > 0);
    return next?.answer.onlyIfContains !== undefined;
  }

  /** Takes the fault of one call, or undefined for a normal answer. */
  take(route: RouteName, body: string): FaultAnswer | undefined {
    const planned = this.answers.find(
      (candidate) => candidate.on === route && candidate.remaining > 0 && isMeant(candidate.answer, body),
    );
    if (planned === undefined) return route === 'bulkUpload' ? this.drawUploadFault() : undefined;
    planned.remaining -= 1;
    this.answers = this.answers.filter((candidate) => candidate.remaining > 0);
    return planned.answer.normal === true ? undefined : planned.answer;
  }

  /** The job faults that are due: those without a count, and those whose count of uploads has been reached. */
  takeJobFaults(uploadAccepted: boolean): JobFault[] {
    if (uploadAccepted) for (const planned of this.jobFaults) planned.uploadsLeft -= 1;
    const due = this.jobFaults.filter((planned) => planned.uploadsLeft <= 0);
    this.jobFaults = this.jobFaults.filter((planned) => planned.uploadsLeft > 0);
    return due.map((planned) => planned.fault);
  }

  /** What happens to a log entry. `entryId` is the key of the random faults. */
  judgeEntry(externalId: string, entryId: string): LogEffect {
    const { random, seed, speed } = this.settings;
    const scripted = this.logFaults.filter((planned) => this.strikes(planned, externalId)).map(({ fault }) => fault);
    const isDrawn = (name: string, share: number): boolean => share > 0 && drawChance(seed, name, entryId) < share;
    const drawnLateMs = isDrawn('late', random.entryLate) ? random.entryLateMs / speed : 0;
    return {
      lost: scripted.some((fault) => fault.lost) || isDrawn('lost', random.entryLost),
      twice: scripted.some((fault) => fault.twice) || isDrawn('twice', random.entryTwice),
      lateMs: Math.max(drawnLateMs, ...scripted.map((fault) => fault.late ?? 0)),
      unknownAction: scripted.some((fault) => fault.unknownAction),
    };
  }

  private strikes(planned: PlannedLogFault, externalId: string): boolean {
    const { fault } = planned;
    if (fault.externalId !== undefined && fault.externalId !== externalId) return false;
    planned.matched += 1;
    if (fault.nth !== undefined && planned.matched !== fault.nth) return false;
    if (fault.every !== undefined && planned.matched % fault.every !== 0) return false;
    if (fault.times !== undefined && planned.used >= fault.times) return false;
    planned.used += 1;
    return true;
  }

  private drawUploadFault(): FaultAnswer | undefined {
    const { random, seed } = this.settings;
    this.uploadsDrawn += 1;
    let drawn = drawChance(seed, 'upload', this.uploadsDrawn);
    const faults: readonly (readonly [number, FaultAnswer])[] = [
      [random.rate429, { status: 429 }],
      [random.html503, { status: 503, html: true }],
      [random.cutBefore, { cut: 'before' }],
      [random.cutDuring, { cut: 'during' }],
      [random.cutAfterAccept, { cut: 'after-accept' }],
    ];
    for (const [share, answer] of faults) {
      if (drawn < share) return answer;
      drawn -= share;
    }
    return undefined;
  }
}

function planAnswer(on: RouteName, answer: FaultAnswer): PlannedAnswer {
  const times = answer.times ?? (answer.onlyIfContains === undefined ? 1 : 'always');
  return { on, answer, remaining: times === 'always' ? Infinity : times };
}

function isMeant(answer: FaultAnswer, body: string): boolean {
  return answer.onlyIfContains === undefined || body.includes(JSON.stringify(answer.onlyIfContains));
}
