/** Whether bars are over: an exchange's answer often ends with the one that is still open, whose prices and volume are those of a part. */
import { statSync } from 'node:fs';
import { fail } from 'minotaur-core/internal/base/errors';
import { formatTime, MICROS_PER_DAY } from 'minotaur-core/internal/base/time';
import { plainName, whereOf, type TellingColumn } from './csv/telling.ts';
import type { TableBlock } from './table-source.ts';

/** Names of columns that say of each bar whether it is over: `confirm` of OKX and Bybit, `complete` of OANDA. */
const NAMES: ReadonlySet<string> = new Set(
  'confirm confirmed isconfirmed isclosed final isfinal complete iscomplete completed iscompleted finished isfinished'.split(
    ' ',
  ),
);

/** What such a column says of a bar that is not, and of one that is. */
const OVER: ReadonlyMap<string, string> = new Map([
  ['0', '1'],
  ['0.0', '1.0'],
  ['false', 'true'],
  ['False', 'True'],
  ['FALSE', 'TRUE'],
  ['f', 't'],
  ['no', 'yes'],
]);

/** Those of `names` that say it, but for `settled` ones. */
export const overColumns = (names: readonly string[], settled: ReadonlySet<number>): TellingColumn[] =>
  names.flatMap((name, at) => (NAMES.has(plainName(name)) && !settled.has(at) ? [{ at, name, says: 'over' }] : []));

/** @throws where the text of such a column says that a bar is not over */
export function requireOver({ name }: Pick<TellingColumn, 'name'>, text: string, where: () => string): void {
  const over = OVER.get(text);
  if (over === undefined) return;
  fail('input', where(), `bars that are over: ${whereOf(name, over)} leaves the others out`, `${name} ${text}`);
}

/**
 * Passes on the bars of a file, and tells where the file was written before the last of them was over. That says something only where
 * it was within that bar: files that were copied or unpacked have the time of that, or none that means anything. A note and no refusal,
 * since the bar of a day is over when its session is, and not at midnight.
 */
export async function* tellingOpenEnd<Block extends Pick<TableBlock, 'rows' | 'columns'>>(
  file: string,
  blocks: AsyncGenerator<Block>,
  tell: (words: string) => void,
): AsyncGenerator<Block> {
  let [opens, closes] = [NaN, NaN];
  for await (const block of blocks) {
    const { rows, columns } = block;
    if (rows > 0) [opens, closes] = [columns['open_time'][rows - 1], columns['close_time'][rows - 1]];
    yield block;
  }
  const written = Math.floor(1000 * (statSync(file, { throwIfNoEntry: false })?.mtimeMs ?? NaN));
  if (written >= opens && written < closes) tell(openEndOf(file, opens, closes, written));
}

function openEndOf(file: string, opens: number, closes: number, written: number): string {
  const when = `the last bar ends at ${formatTime(closes)}, after the file was written (${formatTime(written)})`;
  const what = 'its prices and volume are those of a part of it; leave it out, or fetch the file again';
  // The session of a day is over before the day is.
  if (closes - opens >= MICROS_PER_DAY) return `${file}: ${when}: where its session was not over either, ${what}`;
  return `${file}: ${when}: it was not over, and ${what}`;
}
