/** `minotaur verify --foreign`, `--cmd`, `--freqtrade` and `--live`. */
import { fail } from 'minotaur-core/internal/base/errors';
import { foreignPage } from '../../pages/foreign-page.ts';
import { withPage } from '../../runs/course/page.ts';
import { verifyForeign } from '../../runs/verification/foreign.ts';
import type { FileFlags } from '../named-files.ts';
import { failUnless, print, type OutputFlags } from '../output.ts';
import { foreignLines } from '../print/foreign.ts';
import type { ForeignFlags } from '../program-foreign.ts';
import { watched } from '../progress.ts';

export interface ForeignCommandFlags extends ForeignFlags, Omit<FileFlags, 'series'>, OutputFlags {
  readonly labels?: string;
  readonly limit?: number;
  readonly seed?: number;
  readonly report?: string;
}

export async function foreignCommand({
  json,
  report,
  labels,
  bars,
  trades,
  ...flags
}: ForeignCommandFlags): Promise<void> {
  const file = oneFile([...(bars ?? []), ...(trades ?? [])]);
  const names = labels?.split(',').map((name) => name.trim());
  const found = await withPage(report, async (page) => {
    const verdict = await watched(({ onProgress, signal }) =>
      verifyForeign({ ...asOptions(flags), file, labels: names, onProgress, signal }),
    );
    print(verdict, json, foreignLines);
    page?.write(foreignPage(verdict));
    return verdict;
  });
  failUnless(found.holds);
  if (found.holds && !found.answered) process.exitCode = 2;
}

type Options = Parameters<typeof verifyForeign>[0];

/** The flags that are options of the run. */
function asOptions(
  flags: Omit<ForeignCommandFlags, 'json' | 'report' | 'labels' | 'bars' | 'trades'>,
): Omit<Options, 'file'> {
  const { foreign, cmd, freqtrade, live, python, frame, timeColumn, times, index, trained, window } = flags;
  const { cuts, runs, seconds, timeout, fresh, limit, seed } = flags;
  const code = { foreign, cmd, freqtrade, live, python, frame, timeColumn, times, index };
  return { ...code, trained, window, cuts, runs, seconds, timeout, fresh, limit, seed };
}

function oneFile(files: readonly string[]): string {
  const [file] = files;
  if (file === undefined || files.length > 1)
    fail(
      'config',
      'verify --foreign',
      'one file: --bars FILE or --trades FILE',
      files.length === 0 ? 'none' : files.join(', '),
    );
  return file;
}
