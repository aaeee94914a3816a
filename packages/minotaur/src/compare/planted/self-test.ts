/** The diagnosis put to the test: causes planted into tables, alone and in pairs; each has to be named, and no other. */
import { distributions, sfc32, type Random } from 'minotaur-core/internal/base/random';
import { memorySide } from '../sides/side.ts';
import { compareSides } from '../table/compare.ts';
import type { ComparedColumn, Comparison } from '../table/report.ts';
import { between, oneOf, type ColumnFault, type TableFault } from './fault.ts';
import { KEPT_FAULTS } from './kept-faults.ts';
import { makeMarket, type Market } from './market.ts';
import { STATE_FAULTS } from './state-faults.ts';
import { TABLE_FAULTS } from './table-faults.ts';
import { VALUE_FAULTS } from './value-faults.ts';

/** One table with what was planted in it. */
export interface PlantedTable {
  /** What was planted: one cause, or two. */
  readonly planted: readonly string[];
  /** The column, or `every column`. */
  readonly where: string;
  /** Whether every cause that was planted was named. */
  readonly named: boolean;
  /** What was named. */
  readonly found: readonly string[];
  /** Columns without a cause that were said to differ. */
  readonly falseColumns: readonly string[];
  /** Columns without a cause. */
  readonly clean: number;
}

export const COLUMN_FAULTS: readonly ColumnFault[] = [...KEPT_FAULTS, ...VALUE_FAULTS, ...STATE_FAULTS];
/** Kinds of cause that are planted. */
export const KINDS = COLUMN_FAULTS.length + TABLE_FAULTS.length;
const ROWS = 1500;
/** Rows in which a cause shows itself. */
const SHOWN = 3;

const sideOf = (name: string, { time, columns }: Market) => memorySide(name, { time, ...columns }, ['time']);
const namesOf = ({ causes, or }: ComparedColumn): string[] => [...causes, ...or].map(({ cause }) => cause);

function run(a: Market, b: Market): Promise<Comparison> {
  return compareSides(sideOf('a', a), sideOf('b', b));
}

/** The values of a column after each of `faults` in turn; the same for the same seed. */
function changed(market: Market, where: string, faults: readonly ColumnFault[], seed: number): Float64Array {
  return faults.reduce(
    (values, fault) => fault.plant(values, distributions(sfc32(seed + COLUMN_FAULTS.indexOf(fault))), market),
    market.columns[where],
  );
}

const countDiffering = (x: Float64Array, y: Float64Array): number =>
  x.reduce((many, value, i) => many + (value === y[i] || (value !== value && y[i] !== y[i]) ? 0 : 1), 0);

/** Whether each of two causes shows itself beside the other: what fills holes says nothing where there are none left. */
function isShown(market: Market, where: string, faults: readonly ColumnFault[], seed: number): boolean {
  const all = changed(market, where, faults, seed);
  return faults.every((fault) => {
    const others = faults.filter((other) => other !== fault);
    return countDiffering(all, changed(market, where, others, seed)) >= SHOWN;
  });
}

/** One, or two of which the second acts on what the first has left, in one column. */
async function plantColumn(market: Market, { faults, where, seed }: Planting): Promise<PlantedTable> {
  const planted = { ...market.columns, [where]: changed(market, where, faults, seed) };
  const { differing: columns, columns: all } = await run(market, { time: market.time, columns: planted });
  const found = columns.filter(({ name }) => name === where).flatMap(namesOf);
  return {
    planted: faults.map(({ name }) => name),
    where,
    named: faults.every(({ told }) => told.some((name) => found.includes(name))),
    found,
    falseColumns: columns.map(({ name }) => name).filter((name) => name !== where),
    clean: all - 1,
  };
}

interface Planting {
  readonly faults: readonly ColumnFault[];
  readonly where: string;
  readonly seed: number;
}

/** What is planted where: `choose` chooses until it shows itself. */
function planting(market: Market, random: Random, choose: () => readonly ColumnFault[]): Planting {
  for (;;) {
    const faults = choose();
    const where = oneOf(
      random,
      faults[0].on.filter((name) => faults.every((fault) => fault.on.includes(name))),
    );
    const seed = between(random, 1, 1e9);
    if (isShown(market, where, faults, seed)) return { faults, where, seed };
  }
}

async function plantTable(market: Market, fault: TableFault, random: Random): Promise<PlantedTable> {
  const planted = fault.plant(market, random);
  const { differing, findings, columns } = await run(market, planted);
  const found = [...findings.map(({ name }) => name), ...differing.flatMap(namesOf)];
  return {
    planted: [fault.name],
    where: 'the table',
    named: fault.told.every((name) => found.includes(name)),
    found: [...new Set(found)],
    falseColumns: [],
    clean: columns - differing.length,
  };
}

/** Two causes that can be told apart in one column. */
function pairFor(random: Random): readonly ColumnFault[] {
  for (;;) {
    const first = oneOf(
      random,
      COLUMN_FAULTS.filter(({ lead }) => lead),
    );
    const second = oneOf(
      random,
      COLUMN_FAULTS.filter(({ follow }) => follow),
    );
    const isOne = first.told.some((name) => second.told.includes(name)) || isMerged(first, second);
    if (!isOne && first.on.some((name) => second.on.includes(name))) return [first, second];
  }
}

/** Levels whose product is one level, and lags whose sum is one lag. */
const MERGED: readonly ReadonlySet<string>[] = [
  new Set(['unit', 'annual', 'ddof', 'factor', 'sign', 'another scaler', 'offset']),
  new Set(['late', 'early', 'longer warm-up']),
];
const isMerged = ({ name: x }: ColumnFault, { name: y }: ColumnFault): boolean =>
  MERGED.some((set) => set.has(x) && set.has(y));

/** Plants `tables` tables by a seed: every kind alone, then pairs and single ones in turns. */
export async function* plantedTables(tables: number, seed: number): AsyncGenerator<PlantedTable> {
  const random = distributions(sfc32(seed));
  for (let k = 0; k < tables; k++) {
    const market = makeMarket(seed + 1000 + k, ROWS);
    if (k < TABLE_FAULTS.length) yield await plantTable(market, TABLE_FAULTS[k], random);
    else if (k < KINDS)
      yield await plantColumn(
        market,
        planting(market, random, () => [COLUMN_FAULTS[k - TABLE_FAULTS.length]]),
      );
    else if (k % 4 === 0) yield await plantTable(market, oneOf(random, TABLE_FAULTS), random);
    else if (k % 2 === 0)
      yield await plantColumn(
        market,
        planting(market, random, () => [oneOf(random, COLUMN_FAULTS)]),
      );
    else
      yield await plantColumn(
        market,
        planting(market, random, () => pairFor(random)),
      );
  }
}
