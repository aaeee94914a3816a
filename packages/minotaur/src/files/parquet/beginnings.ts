/**
 * What was read at the beginning of a file, kept while a run goes on: it opens its first file to find out what it is, and its first and
 * last to say what to expect, before it reads them through.
 */
import { AsyncLocalStorage } from 'node:async_hooks';
import { fstatSync, statSync } from 'node:fs';

/** Bytes of values that are kept: those of a file or two, whose row groups are of a usual size. */
const MOST = 1 << 24;

/** Of a run. */
interface Beginnings {
  readonly found: Map<string, unknown>;
  /** Of the values in it. */
  bytes: number;
}

const kept = new AsyncLocalStorage<Beginnings>();

/** Runs `run`, which may open a file more than once. */
export const keepingBeginnings = <T>(run: () => Promise<T>): Promise<T> =>
  kept.run({ found: new Map(), bytes: 0 }, run);

/** Which file a handle or a name is of, and that nobody has written into it since. */
export function identityOf(file: number | string): string {
  const { dev, ino, size, mtimeNs } = typeof file === 'number' ? fstatSync(file, BIG) : statSync(file, BIG);
  return [dev, ino, size, mtimeNs].join();
}

const BIG = { bigint: true } as const;

/** What `read` finds, once; `name` says of which file (see {@link identityOf}) and what. */
export function once<T>(name: string, read: () => T): T {
  const found = kept.getStore()?.found;
  if (found?.has(name)) return found.get(name) as T;
  const value = read();
  found?.set(name, value);
  return value;
}

/** Fills `into` with what `fill` puts there, once as long as there is room to keep it. */
export function fillOnce(name: string, into: Uint8Array, fill: () => void): void {
  const own = kept.getStore();
  const before = own?.found.get(name) as Uint8Array | undefined;
  if (before !== undefined) return into.set(before);
  fill();
  if (own === undefined || own.bytes + into.length > MOST) return;
  own.found.set(name, into.slice());
  own.bytes += into.length;
}
