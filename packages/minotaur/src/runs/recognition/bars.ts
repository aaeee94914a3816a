/** The bars that a table's features are of: from files of bars, made of trades, or in the table itself. */
import { BAR_COLUMNS } from 'minotaur-core/internal/bars/bar';
import { violationOf } from 'minotaur-core/internal/bars/given';
import { fail } from 'minotaur-core/internal/base/errors';
import { parseConfig, type Config } from 'minotaur-core/internal/config/config';
import { readBars } from '../../files/bars-source.ts';
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

/** Bars that somebody made, without those that cannot be: a build drops them, too. */
export async function barsOfFiles(patterns: readonly string[], { input }: Config): Promise<Bars> {
  const parts: ReadonlyMap<string, Float64Array>[] = [];
  for (const file of expandPaths(patterns)) {
    const { columns, rows } = await readBars(file, input);
    const entries = Object.entries(columns);
    const kept: number[] = [];
    for (let i = 0; i < rows; i++) {
      const bar = Object.fromEntries(entries.map(([name, values]) => [name, values[i]]));
      if (violationOf(bar as unknown as Parameters<typeof violationOf>[0]) === undefined) kept.push(i);
    }
    const own = new Map(entries.map(([name, values]) => [name, Float64Array.from(kept, (i) => values[i])]));
    const closed = own.get('close_time') as Float64Array;
    parts.push(own.has('available_at') ? own : new Map([...own, ['available_at', closed]]));
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
