/** `minotaur label`. */
import { label, type LabelOptions } from '../../runs/learning/label.ts';
import { namedFiles, tradesOfOne } from '../named-files.ts';
import { print, type OutputFlags } from '../output.ts';
import { labelSummary } from '../print/learning.ts';
import { watched } from '../progress.ts';

export interface LabelFlags extends Omit<LabelOptions, 'rows' | 'trades' | 'bars'>, OutputFlags {
  readonly rows: readonly string[];
  readonly trades?: readonly string[];
  readonly bars?: readonly string[];
}

export async function labelCommand({ json, ...options }: LabelFlags): Promise<void> {
  const report = await watched(({ onProgress, signal }) =>
    label({ ...options, ...filesOf(options), onProgress, signal }),
  );
  print(report, json, labelSummary);
}

/** Of one instrument, files as they are; of several, those of each. */
function filesOf({ rows, trades, bars }: LabelFlags): Pick<LabelOptions, 'trades' | 'bars' | 'instrument'> {
  if (rows.length === 1) return { bars, ...tradesOfOne(trades) };
  return { trades: namedFiles('--trades', trades) ?? trades, bars: namedFiles('--trades', bars) ?? bars };
}
