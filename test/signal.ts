/** Simulated rows with a signal that no line separates: a third of positives, mild noise, columns that mean nothing. */
import { distributions, sfc32 } from '../packages/core/src/base/random.ts';
import type { Labelled } from '../packages/core/src/model/matrix.ts';

/** The first eight columns carry the signal, the others none. */
export function makeSignal(rows: number, width: number, seed: number): Labelled {
  const random = distributions(sfc32(seed));
  const columns = Array.from({ length: width }, () => new Float32Array(rows));
  const y = new Float64Array(rows);
  for (let i = 0; i < rows; i++) {
    for (let c = 0; c < width; c++) columns[c][i] = random.normal();
    // A column of few values, as counts and flags are.
    columns[7][i] = Math.floor(random.uniform() * 5);
    const x = columns.map((column) => column[i]);
    const bent = x[2] * x[2] - 1 + (x[3] > 0.5 ? x[4] : -0.5 * x[4]);
    const score = -2.2 + 0.8 * x[0] - 0.5 * x[1] + 0.7 * bent + x[5] * x[6] + (x[7] === 3 ? 1.2 : 0);
    y[i] = random.uniform() < 1 / (1 + Math.exp(-score)) ? 1 : 0;
  }
  return { x: { rows, width, columns }, y };
}

/** Rows [from, to) of `data`. */
export function cut({ x, y }: Labelled, from: number, to: number): Labelled {
  const columns = x.columns.map((column) => column.slice(from, to));
  return { x: { rows: to - from, width: x.width, columns }, y: y.slice(from, to) };
}
