/**
 * What was learned comes from training rows, and from nothing else.
 *
 * A violation: a scaler, a limit, a median, a selection of columns or a threshold that has seen rows which it is judged by, or a
 * training row that reaches into them. Usual causes: fitting before splitting, shuffling before splitting, labels that end behind
 * the boundary.
 *
 * Compared: the artefact is fitted again from the rows as they are, with every other row garbled, and with one training row
 * changed; calibration and threshold are decided again from validation rows. And training rows are what they should be: nothing
 * that they reach, from the first row of their sequence to the time their label became known, is reached by a row that judges, of
 * whatever instrument. Sequences are found anew, row by row: none goes over a break, or from one instrument to another.
 *
 * Not found: a choice made by a person who had seen the test rows; labels that are wrong on both sides: when a label became known
 * is taken from the file.
 */
import { formatTime } from 'minotaur-core/internal/base/time';
import type { EachColumn } from 'minotaur-core/internal/artefact/fit';
import { scoresOf } from 'minotaur-core/internal/model/evaluation/scores';
import { SPLITS } from 'minotaur-core/internal/splits/splits';
import { indicesOf, TRAIN, trainingRows } from 'minotaur-core/internal/artefact/training-rows';
import { learnDecision } from 'minotaur-core/internal/artefact/decision';
import type { Artefact } from 'minotaur-core/internal/artefact/artefact';
import { result, type Check, type CheckContext, type CheckResult } from '../harness/check.ts';
import { firstDifference } from './difference.ts';
import { firstBrokenSequence } from './sequences.ts';
import type { LearnedRows } from '../harness/learned.ts';

const VALIDATION = SPLITS.indexOf('validation');
const HELD_OUT = SPLITS.indexOf('test');
/** Ways in which other rows are garbled. */
const GARBLINGS = 2;

export const isolation: Check = {
  name: 'isolation',
  law: 'what was learned comes from training rows alone, and nothing they reach is reached by a row that judges',
  async run({ learned, onProgress }: CheckContext): Promise<CheckResult> {
    if (learned === undefined) return result(this, { values: 0 }, null);
    const training = indicesOf(learned.codes, TRAIN);
    const compared = {
      rows: learned.time.length,
      training: training.length,
      fits: 0,
      numbers: 0,
      values: 0,
      pairs: 0,
      sequences: 0,
    };
    const message =
      firstReach(learned, training, compared) ??
      firstBrokenSequence(learned, compared) ??
      (await firstLeak(learned, training, compared));
    onProgress?.(learned.time.length);
    return result(this, compared, message === undefined ? null : { message });
  },
};

/** How a fit differs from what it should be, in words. */
async function firstLeak(
  learned: LearnedRows,
  training: Int32Array,
  compared: { fits: number; numbers: number; values: number },
): Promise<string | undefined> {
  const { artefact, codes, eachColumn } = learned;
  const refit = (columns: EachColumn): Promise<Artefact> => (
    compared.fits++,
    learned.fit({ ...learned, eachColumn: columns })
  );
  const plain = await refit(eachColumn);
  const { decision: _, ...fitted } = artefact;
  compared.numbers = JSON.stringify(fitted.learned).match(/-?\d/g)?.length ?? 0;
  const other = firstDifference(fitted, plain, 'artefact');
  if (other !== undefined) return `fitted again from the training rows: ${other}`;
  for (let variant = 0; variant < GARBLINGS; variant++) {
    const garbled = await refit(garble(eachColumn, codes, variant, compared));
    const leak = firstDifference(plain, garbled, 'artefact');
    if (leak !== undefined) return `depends on rows that are not for training: ${leak}`;
  }
  const changed = await refit(changeOne(eachColumn, training[Math.floor(training.length / 2)]));
  if (changed.digest === plain.digest) return 'does not depend on its training rows: one was changed, and nothing else';
  return firstDecision(learned);
}

/**
 * Every value of a row that is not for training is another one, or none; every other column stands still there, so that what
 * goes by how much a column moves sees a difference between columns.
 */
function garble(each: EachColumn, codes: Int8Array, variant: number, compared: { values: number }): EachColumn {
  return (names, use) =>
    each(names, (name, values, k) => {
      const other = values.slice();
      const stands = (k + variant) % 2 === 0;
      for (let i = 0; i < other.length; i++) {
        if (codes[i] === TRAIN) continue;
        compared.values++;
        other[i] = stands ? 7 : wildValue(values[i], i + 3 * k + variant);
      }
      return use(name, other, k);
    });
}

function wildValue(value: number, salt: number): number {
  const way = salt % 5;
  if (way === 0) return NaN;
  if (way === 1) return Infinity;
  return (way === 2 ? -3 : 1e6) * (1 + (salt % 97)) * (Number.isFinite(value) ? 1 + Math.abs(value) : 1);
}

function changeOne(each: EachColumn, row: number): EachColumn {
  return (names, use) =>
    each(names, (name, values, k) => {
      const other = values.slice();
      other[row] = Number.isFinite(values[row]) ? values[row] + 1 + Math.abs(values[row]) : 1;
      return use(name, other, k);
    });
}

/** Calibration and threshold are those of the validation rows. */
function firstDecision({ artefact, config, codes, label, probability }: LearnedRows): string | undefined {
  if (artefact.decision === undefined || probability === undefined) return undefined;
  const { scores, labels } = scoresOf('validation', codes, label, probability);
  const { calibration, threshold } = learnDecision(config.model, artefact.label, scores, labels);
  const { calibration: found, threshold: at } = artefact.decision;
  const first = firstDifference({ calibration, threshold }, { calibration: found, threshold: at }, 'decision');
  return first === undefined ? undefined : `decided anew on validation rows: ${first}`;
}

/** A training row that reaches into what a judging row reaches, in words. */
function firstReach(
  { artefact, time, parts, labelTime, codes }: LearnedRows,
  training: Int32Array,
  compared: { pairs: number },
): string | undefined {
  const found = trainingRows(codes, time);
  if (found.times !== artefact.training.times)
    return `expected the ${artefact.training.rows} training rows of the artefact, found ${found.rows} others`;
  const { length } = artefact.sequence;
  const first = new Int32Array(time.length);
  for (const part of parts) first.fill(part.from, part.from, part.to);
  const from = (i: number): number => time[Math.max(first[i], i - length + 1)];
  for (const [own, others] of [
    [TRAIN, [VALIDATION, HELD_OUT]],
    [VALIDATION, [HELD_OUT]],
  ] as const) {
    const judges = Int32Array.from(codes.keys())
      .filter((i) => others.includes(codes[i]))
      .sort((a, b) => from(a) - from(b));
    const ends = latestEnds(judges, labelTime);
    const rows = own === TRAIN ? training : indicesOf(codes, own);
    compared.pairs += rows.length * judges.length;
    for (const i of rows) {
      if (!(labelTime[i] >= time[i])) return `row ${i} is for ${SPLITS[own]} and has no label`;
      const at = lastBefore(judges, from, labelTime[i]);
      if (at < 0 || labelTime[ends[at]] < from(i)) continue;
      const j = ends[at];
      return (
        `row ${i} for ${SPLITS[own]} reaches from ${formatTime(from(i))} to ${formatTime(labelTime[i])}, ` +
        `row ${j} for ${SPLITS[codes[j]]} from ${formatTime(from(j))} to ${formatTime(labelTime[j])}`
      );
    }
  }
  return undefined;
}

/** For each of `rows` the one, up to it, whose label became known last. */
function latestEnds(rows: Int32Array, labelTime: Float64Array): Int32Array {
  let latest = -1;
  return rows.map((i) => (latest = latest < 0 || labelTime[i] > labelTime[latest] ? i : latest));
}

/** Index of the last of `rows` that reaches from `until` or before; -1: none. */
function lastBefore(rows: Int32Array, from: (i: number) => number, until: number): number {
  let [low, high] = [0, rows.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if (from(rows[middle]) <= until) low = middle + 1;
    else high = middle;
  }
  return low - 1;
}
