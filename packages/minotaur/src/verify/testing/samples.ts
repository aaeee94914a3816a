/** What the laws of operators are tried on, from a seed: columns of every sort, cuts into blocks, a row to do something at. */
import { KINDS, DOMAINS, makeColumns, type Columns, type Shape } from '../memory/sample-columns.ts';

/** One thing to try a law on. */
export interface Sample {
  readonly shape: Shape;
  /** Row counts of blocks, repeated as needed. */
  readonly cuts: readonly number[];
  readonly otherCuts: readonly number[];
  /** Chooses rows, taken modulo what there is. */
  readonly at: number;
}

const SCALES = [1, 1e-8, 1e8];
const MAX_STRETCHES = 7;
const MAX_STRETCH = 30;
const MAX_CUTS = 10;
const MAX_CUT = 40;

/** A sample, whose every part comes from `random`. */
export function createSample(random: () => number): Sample {
  const upTo = (n: number): number => Math.floor(random() * n);
  const pick = <T>(from: readonly T[]): T => from[upTo(from.length)];
  const cuts = (): number[] =>
    random() < 0.25 ? [1] : Array.from({ length: 1 + upTo(MAX_CUTS) }, () => (random() < 0.5 ? 1 : 1 + upTo(MAX_CUT)));
  return {
    shape: {
      seed: upTo(1_000_000),
      scale: pick(SCALES),
      domain: pick(DOMAINS),
      stretches: Array.from({ length: 1 + upTo(MAX_STRETCHES) }, () => ({
        kind: pick(KINDS),
        rows: 1 + upTo(MAX_STRETCH),
      })),
    },
    cuts: cuts(),
    otherCuts: cuts(),
    // The first rows are where most goes wrong.
    at: random() < 0.15 ? upTo(6) : upTo(100_000),
  };
}

/** Samples that are simpler than this one, the simplest first. */
export function* simplerThan(sample: Sample): Generator<Sample> {
  const { shape, cuts, otherCuts, at } = sample;
  const { stretches } = shape;
  if (stretches.length > 1 || stretches[0].kind !== 'walk') {
    yield { ...sample, shape: { ...shape, stretches: [{ kind: 'walk', rows: MAX_STRETCH }] } };
  }
  for (let i = 0; i < stretches.length && stretches.length > 1; i++) {
    yield { ...sample, shape: { ...shape, stretches: stretches.filter((_, k) => k !== i) } };
  }
  if (shape.scale !== 1) yield { ...sample, shape: { ...shape, scale: 1 } };
  if (shape.domain !== 'price') yield { ...sample, shape: { ...shape, domain: 'price' } };
  for (const fewer of [[1], cuts.slice(0, 1)]) if (cuts.length > fewer.length) yield { ...sample, cuts: fewer };
  if (otherCuts.length > 1) yield { ...sample, otherCuts: [1] };
  for (const less of new Set([0, 1, at >> 8, at >> 1, at - 1]))
    if (less >= 0 && less < at) yield { ...sample, at: less };
}

/** The shape without its missing values. */
export function withoutNaN(shape: Shape): Shape {
  const kept = shape.stretches.filter(({ kind }) => kind !== 'nan' && kind !== 'hole');
  return { ...shape, stretches: [{ kind: 'walk', rows: 10 }, ...kept] };
}

/** The shape without what is far off: every value is of the size of the others, or 0. */
export function withoutPrints(shape: Shape): Shape {
  const kept = withoutNaN(shape).stretches.filter(({ kind }) => kind !== 'print');
  return { ...shape, scale: 1, stretches: kept };
}

/** Columns of a bar that are times: they rise together. */
export const TIMES: readonly string[] = ['open_time', 'close_time', 'available_at'];

/** `rows` rows of every input of an operator. */
export function tableOf(inputs: readonly string[], shape: Shape, rows: number): Columns {
  const times = inputs.filter((name) => TIMES.includes(name));
  if (times.length === 0) return makeColumns(inputs, shape, rows);
  const rest = inputs.filter((name) => !TIMES.includes(name));
  const { available_at: availableAt, ...table } = makeColumns([...rest, 'available_at'], shape, rows);
  // A bar is available when it closes, and the next one opens then.
  const openTime = Float64Array.of(availableAt[0] - 1, ...availableAt.subarray(0, rows - 1));
  const made: Columns = { open_time: openTime, close_time: availableAt.slice(), available_at: availableAt };
  return Object.fromEntries(inputs.map((name) => [name, made[name] ?? table[name]]));
}
