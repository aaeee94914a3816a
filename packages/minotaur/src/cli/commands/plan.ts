/** `minotaur plan`. */
import { fail } from 'minotaur-core/internal/base/errors';
import { planJobs, type PlanOptions } from '../../runs/cluster/plan.ts';
import { namedFiles } from '../named-files.ts';
import { print, type OutputFlags } from '../output.ts';
import { planLines } from '../print/cluster.ts';
import { watched } from '../progress.ts';

export interface PlanFlags extends Omit<PlanOptions, 'trades'>, OutputFlags {
  readonly trades: readonly string[];
}

export async function planCommand({ json, trades, ...options }: PlanFlags): Promise<void> {
  const named = namedFiles('--trades', trades);
  if (named === undefined) fail('config', '--trades', 'SYMBOL=GLOB', `'${trades[0]}'`);
  const report = await watched(({ signal }) => planJobs({ ...options, trades: named, signal }));
  print(report, json, planLines);
}
