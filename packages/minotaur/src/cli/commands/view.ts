/** `minotaur view`. */
import { once } from 'node:events';
import { requirePage } from '../../runs/course/page.ts';
import { viewPage } from '../../pages/view-page.ts';
import { serveView, writeView } from '../../viewer/view.ts';
import { interruption } from '../interruption.ts';

export interface ViewFlags {
  readonly host: string;
  readonly port: number;
  readonly clock?: string;
  readonly out?: string;
}

/** Serves until it is told to end, or writes a file. */
export async function viewCommand(directory: string, { host, port, clock, out }: ViewFlags): Promise<void> {
  const options = { directory, clock, pageOf: viewPage };
  if (out !== undefined) {
    requirePage(out);
    await writeView(options, out);
    console.log(out);
    return;
  }
  const { signal } = interruption();
  const server = await serveView(options, { host, port });
  console.log(`${server.url}\nControl-C ends it.`);
  if (!signal.aborted) await once(signal, 'abort');
  await server.close();
}
