/** `minotaur compare`. */
import { fail } from 'minotaur-core/internal/base/errors';
import { comparePage } from '../../pages/compare-page.ts';
import { compare, type CompareOptions } from '../../runs/comparison/compare.ts';
import { compareSelfTest, type CompareSelfTestOptions } from '../../runs/comparison/self-test.ts';
import { withPage } from '../../runs/course/page.ts';
import { failUnless, print, type OutputFlags } from '../output.ts';
import { compareLines, selfTestLines } from '../print/compare.ts';
import { watched } from '../progress.ts';

export interface CompareFlags
  extends
    Pick<CompareOptions, 'key' | 'columns' | 'tolerance'>,
    Pick<CompareSelfTestOptions, 'tables' | 'seed'>,
    OutputFlags {
  readonly map?: readonly string[];
  readonly report?: string;
  readonly selfTest?: boolean;
}

export async function compareCommand(a: string | undefined, b: string | undefined, flags: CompareFlags): Promise<void> {
  if (flags.selfTest) return selfTest(flags);
  if (a === undefined || b === undefined) fail('config', 'compare', 'two tables', a ?? 'none');
  const { json, report, key, columns, tolerance } = flags;
  const map = flags.map?.map((text) => {
    const [x, y, more] = text.split('=');
    if (!x || !y || more !== undefined) fail('config', '--map', 'a=b', text);
    return { a: x, b: y };
  });
  await withPage(report, async (page) => {
    const found = await watched(({ onProgress, signal }) =>
      compare({ a, b, key, map, columns, tolerance, onProgress, signal }),
    );
    print(found, json, compareLines);
    page?.write(comparePage(found));
    failUnless(found.equal);
  });
}

async function selfTest({ json, tables, seed }: CompareFlags): Promise<void> {
  const found = await watched(({ onProgress, signal }) => compareSelfTest({ tables, seed, onProgress, signal }));
  print(found, json, selfTestLines);
  failUnless(found.missed.length === 0 && found.clean.alarms === 0);
}
