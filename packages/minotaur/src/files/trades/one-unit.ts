/** Times whose unit changes within a file, as where two exports of a source were put behind each other. */
import { failUnit, otherUnit, type TimeUnit } from '../csv/time-unit.ts';
import type { FileLayout, SourceBlock } from './source-block.ts';

/** So many rows that follow each other are no dirt, which is for whoever takes the trades to judge. */
const SEVERAL = 20;

/** @throws where from some row of the block on times are of another unit than that of the file, naming the row and its time */
export function requireOneUnit(
  { block, facts }: Pick<SourceBlock, 'block' | 'facts'>,
  unit: FileLayout['timeUnit'],
): void {
  if (!isUnit(unit)) return;
  const { time, length } = block;
  // A change goes on to the end of the block; whatever is right again by then is dirt.
  let from = length;
  while (from > 0 && otherUnit(time[from - 1], unit) !== undefined) from--;
  if (length - from >= SEVERAL) failUnit(facts.place?.(from) ?? '', unit, time[from]);
}

const isUnit = (unit: FileLayout['timeUnit']): unit is TimeUnit => unit !== "the venue's unit" && unit !== 'iso';
