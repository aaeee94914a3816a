/**
 * What was read at the beginning of a file, kept while a run goes on: it opens its first file to find out what it is, and its first and
 * last to say what to expect, before it reads them through.
 */
import { AsyncLocalStorage } from 'node:async_hooks';
import { fstatSync, statSync } from 'node:fs';
import { byteCopier } from './copy-bytes.ts';

/** Bytes of values that are kept: those of a file or two, whose row groups are of a usual size. */
const MOST = 1 << 24;
/** Footers that are kept: a run may read thousands of files, of which it opens the first and the last again. */
const FOOTERS = 8;

/** Of a run. */
interface Beginnings {
  readonly footers: Map<string, unknown>;
  readonly values: Map<string, Uint8Array>;
  /** Of the values. */
  bytes: number;
}

const kept = new AsyncLocalStorage<Beginnings>();

/** Runs `run`, which may open a file more than once. */
export const keepingBeginnings = <T>(run: () => Promise<T>): Promise<T> =>
  kept.run({ footers: new Map(), values: new Map(), bytes: 0 }, run);

/** Which file a handle or a name is of, and that nobody has written into it since. */
export function identityOf(file: number | string): string {
  const { dev, ino, size, mtimeNs } = typeof file === 'number' ? fstatSync(file, BIG) : statSync(file, BIG);
  return [dev, ino, size, mtimeNs].join();
}

const BIG = { bigint: true } as const;

/** The footer that `read` finds, once for each of the newest few; `name` says of which file (see {@link identityOf}). */
export function footerOnce<T>(name: string, read: () => T): T {
  const footers = kept.getStore()?.footers;
  if (footers?.has(name)) return footers.get(name) as T;
  const footer = read();
  footers?.set(name, footer);
  for (const oldest of footers?.keys() ?? []) if ((footers?.size ?? 0) > FOOTERS) footers?.delete(oldest);
  return footer;
}

/** Fills `into` with what `fill` puts there, once as long as there is room to keep it. */
export function fillOnce(name: string, into: Uint8Array, fill: () => void): void {
  const own = kept.getStore();
  const before = own?.values.get(name);
  if (before !== undefined) return byteCopier()(before.buffer, before.byteOffset, before.length, into, 0);
  fill();
  if (own === undefined || own.bytes + into.length > MOST) return;
  own.values.set(name, into.slice());
  own.bytes += into.length;
}
