/** Pearson's correlation of every pair of columns, in a fixed order of summation. */

/** Rows taken together: a panel of several hundred columns stays in the second-level cache. */
const PANEL = 128;
/** Columns side by side in a panel. */
const GROUP = 4;

/**
 * The matrix of r = sum (x - mean x)(y - mean y) / (|x - mean x| |y - mean y|), as rows; symmetric, 1 on the diagonal.
 * Columns must be finite, equally long and not constant.
 */
export function correlationMatrix(columns: readonly Float64Array[]): Float64Array[] {
  const units = columns.map(unitOf);
  const rows = units[0]?.length ?? 0;
  const groups = Math.ceil(units.length / GROUP);
  const sums = Array.from({ length: groups * GROUP }, () => new Float64Array(groups * GROUP));
  const panel = new Float64Array(groups * GROUP * PANEL);
  for (let from = 0; from < rows; from += PANEL) {
    const count = Math.min(PANEL, rows - from);
    pack(units, from, count, panel);
    for (let i = 0; i < groups; i++) for (let j = 0; j <= i; j++) addTile(panel, i, j, count, sums);
  }
  return units.map((_, i) =>
    Float64Array.from(units, (__, j) => {
      if (i === j) return 1;
      return Math.min(1, Math.max(-1, i > j ? sums[i][j] : sums[j][i]));
    }),
  );
}

/** A column less its mean, of length 1. Deviations are scaled by the largest before they are squared: no overflow. */
function unitOf(column: Float64Array): Float64Array {
  const n = column.length;
  let mean = 0;
  for (let i = 0; i < n; i++) mean += column[i] / n;
  let largest = 0;
  for (let i = 0; i < n; i++) largest = Math.max(largest, Math.abs(column[i] - mean));
  const unit = new Float64Array(n);
  let squares = 0;
  for (let i = 0; i < n; i++) {
    unit[i] = (column[i] - mean) / largest;
    squares += unit[i] * unit[i];
  }
  const length = Math.sqrt(squares);
  for (let i = 0; i < n; i++) unit[i] /= length;
  return unit;
}

/** Lays rows [from, from + count) out as the tiles read them: group after group, in each row after row. */
function pack(units: readonly Float64Array[], from: number, count: number, panel: Float64Array): void {
  units.forEach((unit, c) => {
    const at = Math.floor(c / GROUP) * GROUP * PANEL + (c % GROUP);
    for (let k = 0; k < count; k++) panel[at + k * GROUP] = unit[from + k];
  });
}

/**
 * Adds the products of the columns of two groups, 16 sums for 8 reads; the second group in halves, whose 8 sums stay in
 * registers. Every product has a sum of its own, so tiles change no bits.
 */
function addTile(panel: Float64Array, i: number, j: number, count: number, sums: readonly Float64Array[]): void {
  for (let half = 0; half < GROUP; half += 2) {
    let a = i * GROUP * PANEL;
    let b = j * GROUP * PANEL + half;
    let s00 = 0;
    let s01 = 0;
    let s10 = 0;
    let s11 = 0;
    let s20 = 0;
    let s21 = 0;
    let s30 = 0;
    let s31 = 0;
    for (let k = 0; k < count; k++) {
      const y0 = panel[b];
      const y1 = panel[b + 1];
      const x0 = panel[a];
      s00 += x0 * y0;
      s01 += x0 * y1;
      const x1 = panel[a + 1];
      s10 += x1 * y0;
      s11 += x1 * y1;
      const x2 = panel[a + 2];
      s20 += x2 * y0;
      s21 += x2 * y1;
      const x3 = panel[a + 3];
      s30 += x3 * y0;
      s31 += x3 * y1;
      a += GROUP;
      b += GROUP;
    }
    const row = i * GROUP;
    const column = j * GROUP + half;
    addPair(sums[row], column, s00, s01);
    addPair(sums[row + 1], column, s10, s11);
    addPair(sums[row + 2], column, s20, s21);
    addPair(sums[row + 3], column, s30, s31);
  }
}

function addPair(row: Float64Array, column: number, first: number, second: number): void {
  row[column] += first;
  row[column + 1] += second;
}
