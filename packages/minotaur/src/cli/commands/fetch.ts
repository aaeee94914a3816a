/** `minotaur fetch`. */
import { fetchDumps, type FetchOptions } from '../../runs/chain/fetch.ts';
import { print, type OutputFlags } from '../output.ts';
import { fetchLines } from '../print/fetch.ts';
import { watched } from '../progress.ts';

export type FetchFlags = FetchOptions & OutputFlags;

/** A day that is not there leaves the question unanswered: exit code 2. */
export async function fetchCommand({ json, ...options }: FetchFlags): Promise<void> {
  const report = await watched(({ onProgress, signal }) => fetchDumps({ ...options, onProgress, signal }));
  print(report, json, fetchLines);
  if (!report.complete) process.exitCode = 2;
}
