// The orders to the measured processes of `bench roster`, and their results.
import type { ProcessCost } from '../measured-process';

/** Sizes: people in the compared file, people in the roster that a run is merged into, people of that run. */
export interface RosterSizes {
  readonly compared: number;
  readonly merged: number;
  readonly changes: number;
}

/** The order to one process. */
export type RosterOrder =
  | {
      /**
       * stage: parse, map, line, and the hashes of id and record, as intake does without a roster. compare: the same against a roster of the same
       * people. make: writes that roster.
       */
      readonly pass: 'stage' | 'compare' | 'make';
      readonly people: string;
      readonly roster: string;
      /** Every how many people one has changed since; 1: everybody. */
      readonly changedEvery: number;
    }
  | {
      /**
       * seed: puts a roster into the emulator. copy: reads it and writes its bytes again. merge: merges a run into it.
       */
      readonly pass: 'seed' | 'copy' | 'merge';
      /** Connection string of the emulator. */
      readonly storage: string;
      readonly people: number;
      readonly changes: number;
    }
  | {
      /** seed-night: puts a roster of everybody in the file into the emulator. night: takes in the blob, a file in which a few have changed. */
      readonly pass: 'seed-night' | 'night';
      readonly storage: string;
      /** The file on disk. */
      readonly file: string;
      readonly blob: string;
    };

/** What one process measured. */
export interface RosterFigures {
  readonly seconds: number;
  /** CPU seconds of loading the roster and of comparing everybody with it (`compare` only). */
  readonly rosterSeconds: number;
  /** People who were compared, or who are in the roster. */
  readonly people: number;
  /** People who were not the same. */
  readonly changed: number;
  /** Bytes of the roster's file; 0 where none was written. */
  readonly bytes: number;
  readonly attributes: number;
  /** Requests to storage, and calls that would be made (`night` only). */
  readonly transactions?: number;
  readonly calls?: number;
}

export type RosterResult = RosterFigures & ProcessCost;
