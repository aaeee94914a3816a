/** `minotaur simulate`. */
import { simulate, type SimulateOptions } from '../../runs/simulate.ts';
import type { OutputFlags } from '../output.ts';
import { count } from '../print/figures.ts';
import { watched } from '../progress.ts';

/** `signal` is what a person calls it; a program has that name for what interrupts it. */
export type SimulateFlags = Omit<SimulateOptions, 'signal' | 'informationCoefficient'> &
  OutputFlags & { readonly signal: number };

export async function simulateCommand({ json, signal: planted, ...options }: SimulateFlags): Promise<void> {
  const report = await watched(({ onProgress, signal }) =>
    simulate({ ...options, informationCoefficient: planted, onProgress, signal }),
  );
  const { trades, seed, informationCoefficient, out, seconds } = report;
  if (json) return console.log(JSON.stringify(report));
  const holds = informationCoefficient === 0 ? '' : `, a signal of ${informationCoefficient} in them`;
  console.log(`${count(trades)} trades of seed ${seed}${holds} -> ${out}, ${seconds.toFixed(1)} s`);
}
