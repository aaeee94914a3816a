/** `minotaur simulate`. */
import { simulate, type SimulateOptions } from '../../runs/simulate.ts';
import type { OutputFlags } from '../output.ts';
import { count } from '../print/figures.ts';
import { watched } from '../progress.ts';

export type SimulateFlags = SimulateOptions & OutputFlags;

export async function simulateCommand({ json, ...options }: SimulateFlags): Promise<void> {
  const report = await watched(({ onProgress, signal }) => simulate({ ...options, onProgress, signal }));
  const { trades, seed, out, seconds } = report;
  if (json) console.log(JSON.stringify(report));
  else console.log(`${count(trades)} trades of seed ${seed} -> ${out}, ${seconds.toFixed(1)} s`);
}
