/** `minotaur simulate`. */
import { simulate } from '../../files/simulate.ts';
import { writeTrades } from '../../files/trades/write-trades.ts';

export interface SimulateFlags {
  readonly trades: number;
  readonly seed: number;
  readonly out: string;
  readonly json?: boolean;
}

export async function simulateCommand({ trades, seed, out, json }: SimulateFlags): Promise<void> {
  const started = performance.now();
  await writeTrades(out, simulate({ trades, seed }));
  const seconds = (performance.now() - started) / 1000;
  if (json) console.log(JSON.stringify({ trades, seed, out, seconds }));
  else console.log(`${trades.toLocaleString('en')} trades of seed ${seed} -> ${out}, ${seconds.toFixed(1)} s`);
}
