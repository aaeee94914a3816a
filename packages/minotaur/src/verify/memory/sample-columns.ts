/**
 * Columns made from a seed, for measuring operators: random walks with ties, flat stretches, prints far off, NaN rows
 * and holes. Bars are consistent and times rise.
 */
import { mulberry32 } from 'minotaur-core/internal/base/random';

/** 2024-03-10, in microseconds. */
const START = 1_710_028_700_000_000;

export type Columns = Readonly<Record<string, Float64Array>>;

/** What a stretch of rows looks like. A `print` is one row of 1e12, a `nan` one row without a value in some column, `zero` rows of 0. */
export const KINDS = ['walk', 'ticks', 'flat', 'zero', 'print', 'nan', 'hole'] as const;

export interface Shape {
  readonly seed: number;
  readonly scale: number;
  /** What columns that are not of a bar hold: positive prices, values around 0, values between -1 and 1. */
  readonly domain: 'price' | 'signed' | 'unit';
  readonly stretches: readonly { readonly kind: (typeof KINDS)[number]; readonly rows: number }[];
}

export const DOMAINS = ['price', 'signed', 'unit'] as const;

/** A plain random walk, in which every row has a value and no two rows tie. */
export function tameShape(seed: number, domain: Shape['domain']): Shape {
  return { seed, scale: 1, domain, stretches: [{ kind: 'walk', rows: 100 }] };
}

const BAR_NAMES = new Set(['open', 'high', 'low', 'close']);
const PRINT = 1e12;

/** `rows` rows of every column of `names`; `stretches` are repeated as needed. Bars are consistent, times rise. */
export function makeColumns(names: readonly string[], shape: Shape, rows: number): Columns {
  const random = mulberry32(shape.seed);
  const columns = Object.fromEntries(names.map((name) => [name, new Float64Array(rows)]));
  const makers = names.filter((name) => !BAR_NAMES.has(name)).map((name) => [name, makerOf(name, shape)] as const);
  const bar = { open: 0, high: 0, low: 0, close: 100 * shape.scale };
  let row = 0;
  for (let s = 0; row < rows; s++) {
    const { kind, rows: length } = shape.stretches[s % shape.stretches.length];
    const end = Math.min(rows, row + (kind === 'print' || kind === 'nan' ? 1 : length));
    for (; row < end; row++) {
      const step = (): number => stepOf(kind, random);
      nextBar(bar, step, shape.scale);
      for (const name of names) if (BAR_NAMES.has(name)) columns[name][row] = bar[name as keyof typeof bar];
      for (const [name, next] of makers) columns[name][row] = next(step, random);
      if (kind === 'print') putPrint(columns, row);
      if (kind === 'zero') putZero(columns, row);
      if (kind === 'hole') putNaN(columns, row, names);
      if (kind === 'nan')
        putNaN(
          columns,
          row,
          names.filter((_, c) => random() < 0.5 || c === row % names.length),
        );
    }
  }
  return columns;
}

export function putPrint(columns: Columns, row: number): void {
  for (const [name, column] of Object.entries(columns)) {
    if (name !== 'available_at' && name !== 'low' && name !== 'open') column[row] = PRINT;
  }
}

function putZero(columns: Columns, row: number): void {
  for (const [name, column] of Object.entries(columns)) if (name !== 'available_at') column[row] = 0;
}

export function putNaN(columns: Columns, row: number, names: readonly string[]): void {
  for (const name of names) columns[name][row] = NaN;
}

/** Steps of a walk, in percent; of ticks: whole ones, many of them 0. */
function stepOf(kind: string, random: () => number): number {
  if (kind === 'flat') return 0;
  const normal = random() + random() + random() + random() - 2;
  return kind === 'ticks' ? Math.round(normal) : normal;
}

function nextBar(bar: { open: number; high: number; low: number; close: number }, step: () => number, scale: number) {
  const move = (price: number): number => {
    const by = step() * scale;
    return price + by > 20 * scale ? price + by : price - by;
  };
  bar.open = move(bar.close);
  bar.close = move(bar.open);
  bar.high = Math.max(bar.open, bar.close) + Math.abs(step()) * scale;
  bar.low = Math.min(bar.open, bar.close) - Math.abs(step()) * scale;
}

type Maker = (step: () => number, random: () => number) => number;

function makerOf(name: string, { scale, domain }: Shape): Maker {
  if (name === 'available_at') {
    let time = START;
    return (_, random) => (time += pause(random()));
  }
  if (name === 'volume') return (step) => Math.abs(step()) * 10 * scale;
  if (domain === 'unit') {
    let value = 0.1;
    return (step) => (value = step() === 0 ? value : Math.max(-0.99, Math.min(0.99, value * 0.7 + step() * 0.2)));
  }
  let value = domain === 'price' ? 100 * scale : 0;
  return (step) => {
    const by = step() * scale;
    if (domain === 'price') value = value + by > 20 * scale ? value + by : value - by;
    else value += by - (by === 0 ? 0 : value * 0.05);
    return value;
  };
}

/** Microseconds to the next bar: mostly short, now and then more than a month. */
function pause(u: number): number {
  const u2 = u * u;
  const u4 = u2 * u2;
  return 1 + Math.floor(u4 * u4 * 40 * 86_400e6);
}
