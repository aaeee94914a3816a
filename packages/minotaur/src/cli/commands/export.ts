/** `minotaur export`. */
import { exportDataset, type ExportOptions } from '../../runs/learning/export.ts';
import { print, type OutputFlags } from '../output.ts';
import { exportSummary } from '../print/learning.ts';
import { watched } from '../progress.ts';

export type ExportFlags = ExportOptions & OutputFlags;

export async function exportCommand({ json, ...options }: ExportFlags): Promise<void> {
  const manifest = await watched(({ onProgress, signal }) => exportDataset({ ...options, onProgress, signal }));
  print(manifest, json, (made) => exportSummary(made, options.out));
}
