/** `minotaur inspect`. */
import { withPage } from '../../runs/course/page.ts';
import { inspect, type InspectOptions } from '../../runs/inspection/inspect.ts';
import { inspectPage } from '../../pages/inspect-page.ts';
import { toJson, type OutputFlags } from '../output.ts';
import { inspectLines } from '../print/inspect.ts';
import { watched } from '../progress.ts';

export interface InspectFlags extends Omit<InspectOptions, 'files'>, OutputFlags {
  readonly report?: string;
}

export async function inspectCommand(
  files: readonly string[],
  { json, report, ...flags }: InspectFlags,
): Promise<void> {
  await withPage(report, async (page) => {
    const found = await watched(({ onProgress, signal }) => inspect({ ...flags, files, onProgress, signal }));
    console.log(json ? toJson(found) : inspectLines(found).join('\n'));
    page?.write(inspectPage(found));
  });
}
