/** A study: trials of one space that can be compared, on record while they run. Several processes may work on one. */
import { randomUUID } from 'node:crypto';
import { canonicalJson } from 'minotaur-core/internal/artefact/artefact';
import { fail } from 'minotaur-core/internal/base/errors';
import type { Place, Space } from 'minotaur-core/internal/tune/space';
import { isTried, type Direction, type Trial } from 'minotaur-core/internal/tune/trial';
import { openStorage, type Storage } from './storage.ts';
import {
  endTrial,
  insertRungs,
  insertStep,
  insertTrial,
  readSteps,
  readTrials,
  setAttribute,
  type StoredTrial,
} from './trials.ts';
import { isGone, isHere, thisWorker, type Worker } from './workers.ts';

export interface StudyOptions {
  /** The database. */
  readonly storage: string;
  readonly name: string;
  readonly direction: Direction;
  readonly space: Space;
  /** What has to be the same of all trials for them to be compared, and what of it, by name. */
  readonly terms: Readonly<Record<string, unknown>>;
  /** Whether a study of that name may be there; without it, none may. */
  readonly resume: boolean;
  /** Told which study it is before a new one is on record: where it throws there is none. */
  readonly accept?: (id: string) => void;
}

export interface Study {
  /** Of this study and no other. */
  readonly id: string;
  /** In the order of their numbers. */
  trials(): StoredTrial[];
  /**
   * Begins a trial, where fewer than `limit` are tried or being tried. Parameters of a trial that was interrupted are taken up
   * first; else `choose` says which, from the trials so far.
   */
  begin(limit: number, choose: (trials: readonly StoredTrial[], number: number) => Place): StoredTrial | undefined;
  /** Says how far a trial is, and returns it as it stands, and of all trials what a pruner asks of them at this step. */
  report(
    trial: StoredTrial,
    step: number,
    value: number,
  ): { readonly trial: StoredTrial; readonly all: readonly Trial[] };
  /** Keeps what successive halving found. */
  keepRungs(trial: StoredTrial, rungs: readonly number[]): void;
  /** Ends a trial, with what is told of it; all of it at once. */
  end(
    trial: StoredTrial,
    state: 'COMPLETE' | 'PRUNED' | 'FAIL',
    told: Readonly<Record<string, unknown>>,
    value?: number,
  ): void;
  /** Marks a trial as failed whose process ends before it; its parameters wait for the next `begin`. */
  interrupt(trial: StoredTrial): void;
  /** Numbers of the trials whose process is gone, which are marked as failed; their parameters wait for the next `begin`. */
  recover(): number[];
  /** Trials that another host began and nobody ended: whether they still run cannot be told from here. */
  elsewhere(): { readonly number: number; readonly host: string; readonly pid: number }[];
  close(): void;
}

/** The attribute of a study that says what it is of. */
const OF_STUDY = 'minotaur';
/** That of a trial which says who works on it. */
const WORKER = 'minotaur:worker';
/** That of a failed trial whose parameters are to be tried again. */
const WAITS = 'minotaur:waits';
/** What Optuna calls it where a trial takes up another's parameters. */
const RETRIED = 'failed_trial';

interface Described {
  readonly id: string;
  readonly space: Space;
  readonly terms: Readonly<Record<string, unknown>>;
}

/**
 * Opens a study, or begins it.
 * @throws {MinotaurError} where the name is taken, or the study is of another space, direction or terms; the first difference is named
 */
export async function openStudy(options: StudyOptions): Promise<Study> {
  const storage = await openStorage(options.storage);
  try {
    const { study, described } = storage.transaction(() => {
      const found = findOrBegin(storage, options);
      options.accept?.(found.described.id);
      return found;
    });
    return studyOf(storage, study, described.id, options.space);
  } catch (error) {
    storage.close();
    throw error;
  }
}

function findOrBegin(
  storage: Storage,
  { name, direction, space, terms, resume, storage: path }: StudyOptions,
): { readonly study: number; readonly described: Described } {
  const { all, change } = storage;
  const where = `${path}, study ${name}`;
  const [found] = all<{ id: number }>('SELECT study_id AS id FROM studies WHERE study_name = ?', name);
  if (found === undefined) {
    const described: Described = { id: randomUUID(), space, terms };
    const study = change('INSERT INTO studies (study_name) VALUES (?)', name);
    change('INSERT INTO study_directions (direction, study_id, objective) VALUES (?, ?, 0)', direction, study);
    setAttribute(storage, 'study_user_attributes', study, OF_STUDY, described);
    return { study, described };
  }
  const directions = all<{ direction: string }>(
    'SELECT direction FROM study_directions WHERE study_id = ? ORDER BY objective',
    found.id,
  ).map((row) => row.direction);
  if (directions.join() !== direction) fail('state', `${where}, direction`, direction, directions.join(', '));
  const [attribute] = all<{ json: string }>(
    'SELECT value_json AS json FROM study_user_attributes WHERE study_id = ? AND "key" = ?',
    found.id,
    OF_STUDY,
  );
  if (attribute === undefined) fail('state', where, 'a study that tune began', 'one that something else began');
  const described = JSON.parse(attribute.json) as Described;
  requireSame(where, 'space', described.space, space);
  requireSame(where, 'of', described.terms, terms);
  if (!resume) fail('config', where, 'a name that is free, or --resume to go on with it', 'a study of that name');
  return { study: found.id, described };
}

function requireSame(
  where: string,
  what: string,
  found: Readonly<Record<string, unknown>>,
  wanted: Readonly<Record<string, unknown>>,
): void {
  for (const name of new Set([...Object.keys(found), ...Object.keys(wanted)])) {
    const [has, expected] = [found[name], wanted[name]].map((value) => canonicalJson(value ?? 'nothing'));
    if (has !== expected) fail('state', `${where}, ${what} ${name}`, expected, has);
  }
}

function studyOf(storage: Storage, study: number, id: string, space: Space): Study {
  const trials = (): StoredTrial[] => readTrials(storage, study);
  const numbered = (number: number): StoredTrial => trials().find((trial) => trial.number === number)!;
  return {
    id,
    trials,
    begin: (limit, choose) =>
      storage.transaction(() => {
        const all = trials();
        const count = all.filter((trial) => isTried(trial) || trial.state === 'RUNNING').length;
        if (count >= limit) return undefined;
        const number = (all.at(-1)?.number ?? -1) + 1;
        const waiting = all.find(({ attributes }) => attributes[WAITS] === true);
        const place = waiting?.place ?? choose(all, number);
        const trial = insertTrial(storage, study, space, number, place);
        setAttribute(storage, 'trial_system_attributes', trial, WORKER, thisWorker());
        if (waiting !== undefined) {
          setAttribute(storage, 'trial_user_attributes', waiting.id, WAITS, false);
          setAttribute(storage, 'trial_system_attributes', trial, RETRIED, waiting.number);
        }
        return numbered(number);
      }),
    report(trial, step, value) {
      storage.transaction(() => insertStep(storage, trial.id, step, value));
      // Read while others may write: what they add meanwhile is as good as added a moment later.
      const all = readSteps(storage, study, trial.id, step);
      const { intermediate, rungs } = all.find(({ id: one }) => one === trial.id)!;
      return { trial: { ...trial, intermediate, rungs }, all };
    },
    keepRungs: (trial, rungs) => storage.transaction(() => insertRungs(storage, trial.id, trial.rungs.length, rungs)),
    end: (trial, state, told, value) =>
      storage.transaction(() => {
        for (const [key, one] of Object.entries(told))
          setAttribute(storage, 'trial_user_attributes', trial.id, key, one);
        endTrial(storage, trial.id, state, value);
      }),
    interrupt: ({ id: trial }) => storage.transaction(() => markInterrupted(storage, trial, 'it was stopped')),
    recover: () => storage.transaction(() => recoverTrials(storage, trials())),
    elsewhere: () =>
      trials().flatMap(({ number, state, system }) => {
        const worker = system[WORKER] as Worker | undefined;
        return state === 'RUNNING' && worker !== undefined && !isHere(worker)
          ? [{ number, host: worker.host, pid: worker.pid }]
          : [];
      }),
    close: storage.close,
  };
}

function recoverTrials(storage: Storage, trials: readonly StoredTrial[]): number[] {
  const lost = trials.filter(({ state, system }) => {
    const worker = system[WORKER] as Worker | undefined;
    return state === 'RUNNING' && worker !== undefined && isGone(worker);
  });
  for (const { id } of lost) markInterrupted(storage, id, 'its process is gone');
  return lost.map(({ number }) => number);
}

function markInterrupted(storage: Storage, id: number, why: string): void {
  setAttribute(storage, 'trial_user_attributes', id, WAITS, true);
  setAttribute(storage, 'trial_user_attributes', id, 'failure', `interrupted: ${why}`);
  endTrial(storage, id, 'FAIL');
}
