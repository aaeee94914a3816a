/** Trials as rows of Optuna's tables, read and written. */
import type { SQLInputValue } from 'node:sqlite';
import type { Place, Space } from 'minotaur-core/internal/tune/space';
import type { Trial, TrialState } from 'minotaur-core/internal/tune/trial';
import { distributionJson } from './distributions.ts';
import type { Storage } from './storage.ts';

/** A trial on record. */
export interface StoredTrial extends Trial {
  /** In the storage. */
  readonly id: number;
  /** What is told of it, by key; what Optuna's dashboard shows as user attributes. */
  readonly attributes: Readonly<Record<string, unknown>>;
  /** What Optuna and its samplers keep of it. */
  readonly system: Readonly<Record<string, unknown>>;
}

const RUNG = 'completed_rung_';

/** All trials of a study in the order of their numbers. */
export function readTrials({ all }: Storage, study: number): StoredTrial[] {
  const of = 'WHERE trial_id IN (SELECT trial_id FROM trials WHERE study_id = ?)';
  const grouped = <T extends { readonly id: number }>(sql: string): Map<number, T[]> => {
    const found = new Map<number, T[]>();
    for (const row of all<T>(sql, study)) {
      const own = found.get(row.id);
      if (own === undefined) found.set(row.id, [row]);
      else own.push(row);
    }
    return found;
  };
  const places = grouped<{ id: number; name: string; value: number }>(
    `SELECT trial_id AS id, param_name AS name, param_value AS value FROM trial_params ${of} ORDER BY param_id`,
  );
  const steps = grouped<{ id: number; step: number; value: number | null; type: string }>(
    `SELECT trial_id AS id, step, intermediate_value AS value, intermediate_value_type AS type FROM trial_intermediate_values ${of} ORDER BY step`,
  );
  const values = grouped<{ id: number; value: number | null; type: string }>(
    `SELECT trial_id AS id, value, value_type AS type FROM trial_values ${of} AND objective = 0`,
  );
  const attributesOf = (table: string): Map<number, { id: number; key: string; json: string }[]> =>
    grouped(`SELECT trial_id AS id, "key", value_json AS json FROM ${table} ${of}`);
  const [user, system] = ['trial_user_attributes', 'trial_system_attributes'].map(attributesOf);
  const rows = all<{ id: number; number: number; state: TrialState }>(
    'SELECT trial_id AS id, number, state FROM trials WHERE study_id = ? ORDER BY number',
    study,
  );
  return rows.map(({ id, number, state }): StoredTrial => {
    const own = attributes(system.get(id));
    return {
      id,
      number,
      state,
      place: Object.fromEntries((places.get(id) ?? []).map(({ name, value }) => [name, value])),
      value: values.get(id)?.map(valueOf)[0] ?? NaN,
      intermediate: new Map((steps.get(id) ?? []).map((row) => [row.step, valueOf(row)])),
      rungs: rungsOf(own),
      attributes: attributes(user.get(id)),
      system: own,
    };
  });
}

/**
 * What a pruner asks of all trials at a step: state, rungs, and the values there and at the last step of each; of trial `own`
 * all of its values. The parameters and what is told of a trial are not read: a network asks at every epoch.
 */
export function readSteps(
  { all }: Storage,
  study: number,
  own: number,
  step: number,
): (Trial & { readonly id: number })[] {
  const steps = new Map<number, Map<number, number>>();
  const select = `SELECT v.trial_id AS id, v.step, v.intermediate_value AS value, v.intermediate_value_type AS type
    FROM trials t JOIN trial_intermediate_values v ON v.trial_id = t.trial_id WHERE t.study_id = ? AND`;
  const last = '(SELECT MAX(step) FROM trial_intermediate_values WHERE trial_id = t.trial_id)';
  for (const row of all<{ id: number; step: number; value: number | null; type: string }>(
    `${select} v.step = ? UNION ${select} v.step = ${last} UNION ${select} t.trial_id = ? ORDER BY 1, 2`,
    study,
    step,
    study,
    study,
    own,
  ))
    steps.set(row.id, (steps.get(row.id) ?? new Map<number, number>()).set(row.step, valueOf(row)));
  const rungs = new Map<number, Record<string, unknown>>();
  for (const { id, key, json } of all<{ id: number; key: string; json: string }>(
    `SELECT s.trial_id AS id, s."key", s.value_json AS json FROM trials t JOIN trial_system_attributes s
      ON s.trial_id = t.trial_id WHERE t.study_id = ? AND s."key" GLOB '${RUNG}*'`,
    study,
  ))
    rungs.set(id, { ...rungs.get(id), [key]: JSON.parse(json) as unknown });
  return all<{ id: number; number: number; state: TrialState }>(
    'SELECT trial_id AS id, number, state FROM trials WHERE study_id = ? ORDER BY number',
    study,
  ).map(({ id, number, state }) => {
    return {
      id,
      number,
      state,
      place: {},
      value: NaN,
      intermediate: steps.get(id) ?? new Map<number, number>(),
      rungs: rungsOf(rungs.get(id) ?? {}),
    };
  });
}

function attributes(rows: readonly { readonly key: string; readonly json: string }[] = []): Record<string, unknown> {
  return Object.fromEntries(rows.map(({ key, json }) => [key, JSON.parse(json) as unknown]));
}

function rungsOf(system: Readonly<Record<string, unknown>>): number[] {
  const rungs: number[] = [];
  for (let value; typeof (value = system[RUNG + rungs.length]) === 'number';) rungs.push(value);
  return rungs;
}

const TYPES: Readonly<Record<string, number>> = { INF_POS: Infinity, INF_NEG: -Infinity, NAN: NaN };

const valueOf = ({ value, type }: { readonly value: number | null; readonly type: string }): number =>
  TYPES[type] ?? value ?? NaN;

/** A number as these tables hold it: SQLite has no infinity, and takes NaN for nothing. */
function stored(value: number): readonly [value: SQLInputValue, type: string] {
  if (Number.isFinite(value)) return [value, 'FINITE'];
  return [null, value === value ? (value > 0 ? 'INF_POS' : 'INF_NEG') : 'NAN'];
}

/** Puts in a trial that begins now, with all of its parameters; within a transaction, which makes its number its own. */
export function insertTrial(storage: Storage, study: number, space: Space, number: number, place: Place): number {
  const { change } = storage;
  const id = change(
    "INSERT INTO trials (number, study_id, state, datetime_start) VALUES (?, ?, 'RUNNING', ?)",
    number,
    study,
    now(),
  );
  for (const [name, dimension] of Object.entries(space))
    change(
      'INSERT INTO trial_params (trial_id, param_name, param_value, distribution_json) VALUES (?, ?, ?, ?)',
      id,
      name,
      place[name],
      distributionJson(dimension),
    );
  return id;
}

export function insertStep({ change }: Storage, id: number, step: number, value: number): void {
  change(
    'INSERT INTO trial_intermediate_values (trial_id, step, intermediate_value, intermediate_value_type) VALUES (?, ?, ?, ?)',
    id,
    step,
    ...stored(value),
  );
}

/** What successive halving is told of a trial, where Optuna's pruner looks for it. */
export function insertRungs(storage: Storage, id: number, from: number, rungs: readonly number[]): void {
  rungs.forEach((value, k) => setAttribute(storage, 'trial_system_attributes', id, RUNG + (from + k), value));
}

/** Sets an attribute of a study or of a trial. */
export function setAttribute(
  { change }: Storage,
  table: `${'study' | 'trial'}_${'user' | 'system'}_attributes`,
  id: number,
  key: string,
  value: unknown,
): void {
  const of = table.startsWith('study') ? 'study_id' : 'trial_id';
  change(
    `INSERT INTO ${table} (${of}, "key", value_json) VALUES (?, ?, ?) ON CONFLICT (${of}, "key") DO UPDATE SET value_json = excluded.value_json`,
    id,
    key,
    JSON.stringify(value),
  );
}

/** Ends a trial that still runs; one that was ended meanwhile stays as it is. */
export function endTrial({ all, change }: Storage, id: number, state: TrialState, value?: number): void {
  const [running] = all("SELECT 1 FROM trials WHERE trial_id = ? AND state = 'RUNNING'", id);
  if (running === undefined) return;
  if (value !== undefined)
    change(
      'INSERT INTO trial_values (trial_id, objective, value, value_type) VALUES (?, 0, ?, ?)',
      id,
      ...stored(value),
    );
  change('UPDATE trials SET state = ?, datetime_complete = ? WHERE trial_id = ?', state, now(), id);
}

/** Local time without a zone, as Optuna writes it. */
function now(): string {
  const at = new Date();
  const local = new Date(at.getTime() - at.getTimezoneOffset() * 60_000);
  return local.toISOString().replace('T', ' ').replace('Z', '000');
}
