/** `minotaur merge`. */
import { mergeJobs, type MergeOptions } from '../../runs/cluster/merge.ts';
import { print, type OutputFlags } from '../output.ts';
import { mergeLines } from '../print/cluster.ts';
import { watched } from '../progress.ts';

export interface MergeFlags extends Omit<MergeOptions, 'jobs'>, OutputFlags {}

export async function mergeCommand(jobs: string, { json, ...options }: MergeFlags): Promise<void> {
  const report = await watched(({ onProgress, signal }) => mergeJobs({ ...options, jobs, onProgress, signal }));
  print(report, json, mergeLines);
}
