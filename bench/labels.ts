/** A million rows labelled on four million trades in memory, beside the plain double loop, which is timed on a sample of the rows. */
import { createLabeller, type LabelRows, type Labels } from '../packages/core/src/labels/labels.ts';
import { splitRows } from '../packages/core/src/splits/splits.ts';
import { parseConfig, type ConfigInput } from '../packages/core/src/config/config.ts';
import type { TradeBlock } from '../packages/core/src/trades/trade.ts';
import { figure, summary, type Figure } from './harness.ts';
import { simulatedBlock } from './trades.ts';

export const title = 'Labels: a million rows, four million trades, one core';

const TRADES = 4_000_000;
const ROWS = 1_000_000;
/** Rows that the double loop is timed on; its time for all rows is scaled from them. */
const SAMPLE = 400;
const BLOCK = 32_768;

const wanted: Readonly<Record<string, ConfigInput['label']>> = {
  'target 2 %, stop 1 %': { method: 'fixed' },
  'target 0.2 %, stop 0.1 %': { method: 'fixed', target: 0.002, stop: 0.001 },
  'triple barrier, 1 hour': { method: 'fixed', limit: '1hour' },
  'horizon, 1 hour': { method: 'horizon', after: '1hour' },
};
const configOf = (label: ConfigInput['label']) => parseConfig({ clocks: {}, label });

/** A row at every fourth trade, at its price. */
function rowsOf({ time, price }: TradeBlock): LabelRows {
  const every = TRADES / ROWS;
  const pick = (column: Float64Array) => Float64Array.from({ length: ROWS }, (_, i) => column[i * every]);
  return { time: pick(time), close: pick(price) };
}

function labelled(config: ReturnType<typeof configOf>, rows: LabelRows, { time, price }: TradeBlock): Labels {
  const labeller = createLabeller(config.label, rows);
  for (let from = 0; from < TRADES; from += BLOCK) {
    const to = Math.min(TRADES, from + BLOCK);
    labeller.addTrades({ length: to - from, time: time.subarray(from, to), price: price.subarray(from, to) });
  }
  return labeller.finish();
}

/** Fixed barriers, long, by the double loop: the label of one row. */
function plainLabel(target: number, stop: number, row: number, rows: LabelRows, { time, price }: TradeBlock): number {
  const upper = rows.close[row] * (1 + target);
  const lower = rows.close[row] * (1 - stop);
  for (let k = row * (TRADES / ROWS); k < TRADES; k++) {
    if (time[k] <= rows.time[row]) continue;
    if (price[k] >= upper) return 1;
    if (price[k] <= lower) return 0;
  }
  return NaN;
}

/** Seconds that the double loop would take for all rows; fails where it disagrees. */
function plainSeconds(target: number, stop: number, rows: LabelRows, trades: TradeBlock, labels: Labels): number {
  const started = performance.now();
  for (let s = 0; s < SAMPLE; s++) {
    const row = s * (ROWS / SAMPLE);
    const label = plainLabel(target, stop, row, rows, trades);
    if (!Object.is(label, labels.label[row])) throw new Error(`row ${row}: ${label}, found ${labels.label[row]}`);
  }
  return ((performance.now() - started) / 1000) * (ROWS / SAMPLE);
}

const seconds = (work: () => void): number => {
  const started = performance.now();
  work();
  return (performance.now() - started) / 1000;
};

export async function benches(): Promise<Figure[]> {
  const trades = simulatedBlock(TRADES, 1);
  const rows = rowsOf(trades);
  const figures: Figure[] = [];
  for (const [name, label] of Object.entries(wanted)) {
    const config = configOf(label);
    const { counts } = labelled(config, rows, trades);
    const note = `${counts.labelled.toLocaleString('en')} labelled`;
    const timed = () => seconds(() => void labelled(config, rows, trades));
    figures.push(await figure(name, 's', 5, timed, { asked: { under: 10 }, note }));
  }
  for (const [target, stop] of [
    [0.02, 0.01],
    [0.002, 0.001],
  ]) {
    const labels = labelled(configOf({ method: 'fixed', target, stop }), rows, trades);
    const note = `scaled from ${SAMPLE} rows, same labels`;
    const name = `double loop, target ${target * 100} %`;
    figures.push(summary(name, 's', [plainSeconds(target, stop, rows, trades, labels)], { note }));
  }
  const { labelTime } = labelled(configOf({ method: 'fixed', limit: '1hour' }), rows, trades);
  const kFold = parseConfig({ clocks: {}, split: { method: 'purgedKFold' } }).split;
  const split = () => seconds(() => void splitRows(kFold, { time: rows.time, labelTime }, 60));
  figures.push(await figure('purged k-fold of five', 's', 5, split));
  return figures;
}
