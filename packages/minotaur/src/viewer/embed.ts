/** A run for a page that has no server: the newest bars at full detail, and all of them ever more coarsely. */
import { encodeWindow, type Distribution, type EmbeddedRun } from '#view';
import { windowOf } from './window.ts';
import type { ViewedRun } from './viewed-run.ts';

/** Buckets of each window. */
const BUCKETS = 2048;
/** How much coarser each window is than the one before. */
const STEP = 8;
/** Bytes of all windows in a page at most, about: what more features would take is left out. */
const BYTES = 8_000_000;
/** Columns of a feature in a window, and about as many of everything else. */
const [OF_FEATURE, OF_ALL] = [3, 18];

export interface Embedded extends EmbeddedRun {
  /** Indices of the features that are in it. */
  readonly features: readonly number[];
}

/** @param shown features that come first, should not all of them find room */
export async function embedRun(run: ViewedRun, shown: readonly number[]): Promise<Embedded> {
  const [name] = run.clocks;
  const { bars } = await run.clock(name);
  const sizes = sizesOf(bars);
  const room = Math.floor((BYTES / (8 * sizes.length * Math.min(BUCKETS, bars || 1)) - OF_ALL) / OF_FEATURE);
  const all = [...new Set([...shown, ...run.manifest.columns.keys()])];
  const features = all.slice(0, Math.max(shown.length, room));
  const windows: string[] = [];
  for (const size of sizes) {
    const from = Math.max(0, Math.ceil((bars - BUCKETS * size) / size) * size);
    const window = await windowOf(run, { clock: name, from, to: bars, size, features, fold: 0 });
    windows.push(Buffer.from(encodeWindow(window).buffer).toString('base64'));
  }
  const distributions: Record<number, Distribution> = {};
  for (const index of features) distributions[index] = await run.distribution(index);
  return { windows, distributions, features };
}

/** Single bars, and coarser ones until all of them are in a window. */
function sizesOf(bars: number): number[] {
  const sizes = [1];
  for (let size = 1; size * BUCKETS < bars;) sizes.push((size *= STEP));
  return sizes;
}
