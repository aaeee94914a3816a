/** Volume profile over 100 bars and 100 bins: nanoseconds a bar, beside a plain recount of the window at every bar. */
import { catalogue } from '../packages/core/src/features/catalogue.ts';
import { createColumns } from '../packages/core/src/features/contract/columns.ts';
import { buildGraph } from '../packages/core/src/features/contract/graph.ts';
import { mulberry32 } from '../packages/core/src/base/random.ts';
import { figure, summary, type Figure } from './harness.ts';

export const title = 'Volume profile over 100 bars and 100 bins';

const BARS = 100_000;
const BLOCK = 256;
const WINDOW = 100;
const BINS = 100;
const RUNS = 5;

interface Bars {
  readonly high: Float64Array;
  readonly low: Float64Array;
  readonly volume: Float64Array;
}

function makeBars(): Bars {
  const random = mulberry32(1);
  const bars = { high: new Float64Array(BARS), low: new Float64Array(BARS), volume: new Float64Array(BARS) };
  let level = 60_000;
  for (let i = 0; i < BARS; i++) {
    const open = level;
    level *= 1 + (random() - 0.5) * 0.002;
    bars.high[i] = Math.max(open, level) * (1 + random() * 0.001);
    bars.low[i] = Math.min(open, level) * (1 - random() * 0.001);
    bars.volume[i] = random() * 100;
  }
  return bars;
}

/** Points of control, one a bar, by the operator in blocks of `block`. */
function byOperator({ high, low, volume }: Bars, block: number): { ns: number; poc: Float64Array } {
  const text = `volume_profile(high, low, volume, ${WINDOW}, ${BINS})`;
  const graph = buildGraph([text], ['high', 'low', 'volume'], catalogue);
  const columns = createColumns(graph);
  const found = graph.features[0].column;
  const poc = new Float64Array(BARS);
  const started = performance.now();
  for (let i = 0; i < BARS; i += block) {
    const to = Math.min(BARS, i + block);
    for (let row = i; row < to; row++) {
      const at = columns.append();
      columns.data[0][at] = high[row];
      columns.data[1][at] = low[row];
      columns.data[2][at] = volume[row];
    }
    const at = columns.compute();
    poc.set(columns.data[found].subarray(at, columns.done), i);
  }
  return { ns: ((performance.now() - started) * 1e6) / BARS, poc };
}

/** The same by counting every bin of every bar of the window anew. */
function byRecount({ high, low, volume }: Bars): { ns: number; poc: Float64Array } {
  const poc = new Float64Array(BARS).fill(NaN);
  const held = new Float64Array(BINS);
  let edges = 0;
  const started = performance.now();
  for (let i = WINDOW - 1; i < BARS; i++) {
    let top = high[i];
    let bottom = low[i];
    for (let k = i - WINDOW + 1; k <= i; k++) {
      top = Math.max(top, high[k]);
      bottom = Math.min(bottom, low[k]);
    }
    const scale = BINS / (top - bottom);
    held.fill(0);
    for (let k = i - WINDOW + 1; k <= i; k++) {
      const first = Math.min(BINS - 1, Math.floor((low[k] - bottom) * scale));
      const last = Math.min(BINS - 1, Math.floor((high[k] - bottom) * scale));
      for (let b = first; b <= last; b++) held[b] += volume[k] / (last - first + 1);
    }
    let sum = 0;
    let fullest = 0;
    for (let b = 0; b < BINS; b++) {
      sum += held[b];
      if (held[b] > held[fullest]) fullest = b;
    }
    let first = fullest;
    let last = fullest;
    for (let inside = held[fullest]; inside < 0.7 * sum;) {
      const below = first > 0 ? held[first - 1] : -1;
      const above = last < BINS - 1 ? held[last + 1] : -1;
      if (below >= above) inside += held[--first];
      if (above >= below) inside += held[++last];
    }
    edges += last - first;
    poc[i] = bottom + (fullest + 0.5) / scale;
  }
  const ns = ((performance.now() - started) * 1e6) / BARS;
  // Also keeps the value area from being optimised away.
  if (!(edges > 0)) throw new Error('expected value areas of more than one bin');
  return { ns, poc };
}

export async function benches(): Promise<Figure[]> {
  const bars = makeBars();
  const expected = byRecount(bars).poc;
  const { poc } = byOperator(bars, BLOCK);
  const differ = expected.findIndex((value, i) => value === value && !(Math.abs(value - poc[i]) <= 1e-9 * value));
  if (differ >= 0)
    throw new Error(`bar ${differ}: expected a point of control of ${expected[differ]}, found ${poc[differ]}`);
  const operator = await figure('volume_profile, blocks of 256', 'ns/bar', RUNS, () => byOperator(bars, BLOCK).ns);
  const live = await figure('volume_profile, a bar at a time', 'ns/bar', RUNS, () => byOperator(bars, 1).ns);
  const recount = await figure('full recount at every bar', 'ns/bar', RUNS, () => byRecount(bars).ns);
  const times = summary('recount / volume_profile', 'x', [recount.median / operator.median]);
  return [operator, live, recount, times];
}
