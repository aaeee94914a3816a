/** Which rows an artefact was fitted on, and whether a model may be trained and judged on the rows at hand. */
import { portableHashing, type Hashing } from '../base/bytes/hashing.ts';
import { canonicalise, wordsOf } from '../base/canonical.ts';
import { fail } from '../base/errors.ts';
import { formatTime } from '../base/time.ts';
import { SPLITS } from '../splits/splits.ts';
import type { Artefact } from './artefact.ts';

/** The split code of training rows. */
export const TRAIN = SPLITS.indexOf('train');

export function indicesOf(codes: Int8Array, code: number): Int32Array {
  const found: number[] = [];
  codes.forEach((value, i) => value === code && found.push(i));
  return Int32Array.from(found);
}

/** The canonical bits of doubles, made so in place. */
export function bytesOf(values: Float64Array): Uint8Array {
  canonicalise(values, wordsOf(values), 0, values.length);
  return new Uint8Array(values.buffer, values.byteOffset, values.byteLength);
}

/** The training rows in a few words, and in a hash of their times. */
export function trainingRows(
  codes: Int8Array,
  time: Float64Array,
  hashing: Hashing = portableHashing,
): Omit<Artefact['training'], 'digest' | 'instruments'> {
  const times = Float64Array.from(indicesOf(codes, TRAIN), (row) => time[row]);
  const hash = hashing.sha256().update(bytesOf(times)).hex();
  return { rows: times.length, ...spanOf(times), times: hash };
}

/** The first and last of times that rise within each instrument. */
function spanOf(times: Float64Array): { readonly from: number; readonly to: number } {
  let [from, to] = [times[0], times[0]];
  for (const time of times) {
    if (time < from) from = time;
    if (time > to) to = time;
  }
  return { from, to };
}

/**
 * Refuses splits that train on other rows than the artefact was fitted on: what it learned would come from rows that the
 * model is judged by. Rows that all come after those of the fit are no such rows.
 */
export function requireTrainingRows({ training }: Artefact, codes: Int8Array, time: Float64Array, where: string): void {
  const found = trainingRows(codes, time);
  if (found.times === training.times || training.to < spanOf(time).from) return;
  const say = ({ rows, from, to }: typeof found): string =>
    rows === 0
      ? 'no training rows'
      : `${rows.toLocaleString('en')} training rows from ${formatTime(from)} to ${formatTime(to)}`;
  fail(
    'state',
    where,
    `${say(training)}, as the artefact was fitted on`,
    `${say(found)}; another fold or other labels`,
  );
}
