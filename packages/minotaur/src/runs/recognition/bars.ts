/** The bars that a table's features are of: from files of bars, made of trades, or in the table itself. */
import { BAR_COLUMNS } from 'minotaur-core/internal/bars/bar';
import { availableAtOf, violationOf, type GivenBar } from 'minotaur-core/internal/bars/given';
import { fail } from 'minotaur-core/internal/base/errors';
import { formatTime } from 'minotaur-core/internal/base/time';
import { parseConfig, type Config } from 'minotaur-core/internal/config/config';
import { barTelling, readBars } from '../../files/bars-source.ts';
import type { BarInputOptions } from '../../files/reading-options.ts';
import { expandPaths } from '../../files/paths.ts';
import { openTradesInThread } from '../../files/trades/trade-thread.ts';
import { createEngine } from '../../node/engine.ts';
import type { Bars } from '../../recognise/candidates/values.ts';
import { settleInstruments } from '../chain/settle.ts';
import { createCourse, type RunOptions } from '../course/options.ts';

/** The clock of the configuration whose bars the features are of. */
export const BASE = 'base';

/** Bars in one table. */
function tableOf(parts: readonly ReadonlyMap<string, Float64Array>[]): Bars {
  const [first] = parts;
  const columns = new Map(
    [...first.keys()].map((name) => {
      const of = parts.map((part) => part.get(name) ?? new Float64Array(0));
      const whole = new Float64Array(of.reduce((total, { length }) => total + length, 0));
      let at = 0;
      for (const values of of) {
        whole.set(values, at);
        at += values.length;
      }
      return [name, whole] as const;
    }),
  );
  return { rows: columns.get('open_time')?.length ?? 0, columns };
}

/** A check of bars, one after the other, each with its place: those of a later file go on behind the one before. */
function orderCheck(): (bar: GivenBar, place: string) => void {
  let [opened, closed, available] = [-Infinity, -Infinity, -Infinity];
  return (bar, place) => {
    const known = availableAtOf(bar);
    // The words of a build that refuses the same.
    if (known < available)
      fail('input', place, `a bar that is available at ${formatTime(available)} or later`, formatTime(known));
    if (bar.close_time < closed)
      fail('input', place, `a bar that closes at ${formatTime(closed)} or later`, formatTime(bar.close_time));
    if (bar.open_time <= opened)
      fail('input', place, `a bar that opens after ${formatTime(opened)}`, formatTime(bar.open_time));
    [opened, closed, available] = [bar.open_time, bar.close_time, known];
  };
}

/**
 * Bars that somebody made, without those that cannot be: a build drops them, too.
 * @throws {MinotaurError} of kind `input` where they are not in the order of time, over all files
 */
export async function barsOfFiles(patterns: readonly string[], input: BarInputOptions): Promise<Bars> {
  const parts: ReadonlyMap<string, Float64Array>[] = [];
  const requireOrder = orderCheck();
  const files = expandPaths(patterns);
  const telling = barTelling(input);
  for (const file of files) {
    const { columns, rows, place } = await readBars(file, input, telling);
    const entries = Object.entries(columns);
    const kept: number[] = [];
    const available: number[] = [];
    for (let i = 0; i < rows; i++) {
      const bar = Object.fromEntries(entries.map(([name, values]) => [name, values[i]])) as GivenBar;
      if (violationOf(bar) !== undefined) continue;
      requireOrder(bar, place(i));
      kept.push(i);
      available.push(availableAtOf(bar));
    }
    const own = new Map(entries.map(([name, values]) => [name, Float64Array.from(kept, (i) => values[i])]));
    parts.push(new Map([...own, ['available_at', Float64Array.from(available)]]));
  }
  const names = [...parts[0].keys()].toSorted().join();
  const other = parts.find((part) => [...part.keys()].toSorted().join() !== names);
  if (other !== undefined)
    fail('input', patterns.join(', '), `files of the same columns: ${names}`, [...other.keys()].toSorted().join());
  return tableOf(parts);
}

/** Time bars of length `every` made of trades. */
export async function barsOfTrades(
  files: readonly string[],
  {
    config: reading,
    every,
    accept,
    ...run
  }: { readonly config: Config; readonly every: string; readonly accept?: boolean | undefined } & RunOptions,
): Promise<Bars> {
  const clocks = parseConfig({ clocks: { [BASE]: { bars: 'time', every } }, features: { [BASE]: ['close'] } });
  const asked: Config = { ...reading, clocks: clocks.clocks, features: clocks.features, drive: clocks.drive };
  const { config, inputs } = await settleInstruments(asked, { trades: files, accept });
  const parts: ReadonlyMap<string, Float64Array>[] = [];
  const engine = createEngine(config, {
    onBars({ clock, data, from, to }) {
      if (clock === BASE) parts.push(new Map(BAR_COLUMNS.map((name, c) => [name, data[c].slice(from, to)])));
    },
  });
  const [options] = Object.values(inputs);
  const source = await openTradesInThread(files, options);
  const course = createCourse(run, { step: 'bars', unit: 'trades' });
  try {
    for await (const { block, facts } of source.blocks()) {
      engine.push(block, facts);
      await course.add(block.length);
    }
  } finally {
    source.close();
  }
  if (parts.length === 0)
    fail('input', files.join(', '), `trades of more than one bar of ${every}`, 'no bar that closed');
  return tableOf(parts);
}
