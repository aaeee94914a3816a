/** `minotaur importance`. */
import { importance, type ImportanceOptions } from '../../runs/learning/importance.ts';
import { print, type OutputFlags } from '../output.ts';
import { importanceTable } from '../print/importance.ts';
import { watched } from '../progress.ts';

export type ImportanceFlags = ImportanceOptions & OutputFlags;

export async function importanceCommand({ json, ...options }: ImportanceFlags): Promise<void> {
  const report = await watched(({ onProgress, signal }) => importance({ ...options, onProgress, signal }));
  print(report, json, importanceTable);
}
