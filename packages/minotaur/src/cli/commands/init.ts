/** `minotaur init`. */
import { fail } from 'minotaur-core/internal/base/errors';
import { init, type InitOptions } from '../../runs/inspection/init.ts';
import { initFrom, type InitFromOptions } from '../../runs/recognition/init-from.ts';
import { print, type OutputFlags } from '../output.ts';
import { initFromLines, initLines } from '../print/init.ts';
import { watched } from '../progress.ts';

export interface InitFlags extends Omit<InitOptions, 'files'>, Pick<InitFromOptions, 'bars' | 'trades'>, OutputFlags {
  readonly from?: string;
}

export async function initCommand(files: readonly string[], flags: InitFlags): Promise<void> {
  const { json, from, bars, trades, ...options } = flags;
  if (from !== undefined) return initFromCommand(files, { ...flags, from });
  if (bars !== undefined || trades !== undefined)
    fail('config', bars === undefined ? '--trades' : '--bars', 'a table of features, --from FILE', 'none');
  if (files.length === 0)
    fail('config', 'init', 'files of trades or bars, or a table of features, --from FILE', 'neither');
  const report = await watched(({ onProgress, signal }) => init({ ...options, files, onProgress, signal }));
  print(report, json, (written) => initLines(written).join('\n'));
}

async function initFromCommand(
  files: readonly string[],
  { json, ...options }: InitFlags & { readonly from: string },
): Promise<void> {
  if (files.length > 0) fail('config', 'init --from', 'trades as --trades, and bars as --bars', files.join(', '));
  const report = await watched(({ onProgress, signal }) => initFrom({ ...options, onProgress, signal }));
  print(report, json, (written) => initFromLines(written).join('\n'));
}
