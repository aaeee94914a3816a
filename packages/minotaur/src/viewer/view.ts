/** `view`: what a run left, behind a small server, or as one file. */
import type { ViewScene } from '#view';
import { writeWhole } from '../files/atomic.ts';
import { embedRun } from './embed.ts';
import { serveRun, type RunningServer } from './server.ts';
import { sceneOf } from './scene.ts';
import { openViewedRun, type ViewedRun } from './viewed-run.ts';

/** Makes the page of a run. */
type PageOf = (facts: Pick<ViewedRun, 'directory' | 'manifest' | 'leftOut'> & { readonly scene: ViewScene }) => string;

export interface ViewOptions {
  /** What `run` or `build` left. */
  readonly directory: string;
  /** The clock that is shown first; the one that drives where absent. */
  readonly clock?: string | undefined;
  readonly pageOf: PageOf;
}

/**
 * Serves a run until it is closed.
 * @throws {MinotaurError} where there is none, or the address cannot be had
 */
export async function serveView(
  { directory, clock, pageOf }: ViewOptions,
  at: { readonly host: string; readonly port: number },
): Promise<RunningServer> {
  const run = await openViewedRun(directory, clock);
  const scene = sceneOf(run);
  // What the page asks for first is there when it asks.
  await Promise.all([run.clock(scene.clock), ...scene.shown.map((index) => run.distribution(index))]);
  return serveRun({ run, page: pageOf({ ...run, scene }), ...at });
}

/** Writes the page with the newest bars of one clock in it, and all of them more coarsely; it appears whole or not at all. */
export async function writeView({ directory, clock, pageOf }: ViewOptions, out: string): Promise<void> {
  const run = await openViewedRun(directory, clock);
  const scene = sceneOf(run);
  const embedded = await embedRun(run, scene.shown);
  writeWhole(out, pageOf({ ...run, scene: { ...scene, embedded } }));
}
