/**
 * A file of the network that is there whole and checked, or not at all: what a killed or cut download left is gone on from.
 */
import { existsSync, renameSync, rmSync, statSync } from 'node:fs';
import { open } from 'node:fs/promises';
import { setTimeout as pause } from 'node:timers/promises';
import { MinotaurError, fail } from 'minotaur-core/internal/base/errors';
import { retryAfterOf } from '../node/retry-after.ts';
import { networkWords } from '../node/system-words.ts';
import { sha256OfFile } from './atomic.ts';
import { writing } from '../node/writing.ts';

/** Times that something is asked for until it is given up, where it is the network's or the server's fault. */
const TRIES = 6;
/** Milliseconds before the second of them; then twice as long each time, at most the longest. */
const FIRST_PAUSE = 500;
const LONGEST_PAUSE = 60_000;
/** Without a byte for so long, a connection is cut. */
const STALLED = 30_000;
/** Bytes of the longest text. */
const LONGEST_TEXT = 65_536;

export interface DownloadOptions {
  readonly fetch: typeof fetch;
  readonly signal?: AbortSignal | undefined;
  /** How much more is there; a piece that was there before counts too. */
  readonly onBytes?: ((bytes: number) => void) | undefined;
}

/** The server has no such thing. */
export const MISSING = 'missing';

/** What one try came to; a number: not yet, come again after so many milliseconds. */
type Tried<T> = T | typeof MISSING | Retry;

interface Retry {
  readonly retryAfter: number;
  readonly why: string;
}

/** A short text. @throws {MinotaurError} of kind `input` where the server does not give it */
export function downloadText(url: string, options: DownloadOptions): Promise<string> {
  return persist(url, options, async (): Promise<Tried<string>> => {
    const response = await options.fetch(url, withSignal(options));
    const refusal = await refusalOf(response);
    if (refusal !== undefined) return refusal;
    let text = '';
    for await (const piece of pieces(response)) {
      text += Buffer.from(piece).toString();
      if (text.length > LONGEST_TEXT) fail('input', url, `at most ${LONGEST_TEXT} bytes`, 'more');
    }
    return text;
  });
}

/**
 * A file, whole; `MISSING` where there is none. `sha256`: it has to have that; absent: nobody can tell, and a piece that is left
 * is not gone on from.
 * @throws {MinotaurError} of kind `input` where it cannot be had, or is another
 */
export async function downloadFile(
  url: string,
  target: string,
  sha256: string | undefined,
  options: DownloadOptions,
): Promise<'whole' | typeof MISSING> {
  const part = `${target}.part`;
  if (sha256 === undefined) rmSync(part, { force: true });
  for (let attempt = 1; ; attempt++) {
    const whole = await persist(url, options, () => tryFile(url, part, options));
    if (whole === MISSING) return MISSING;
    const found = sha256 === undefined ? undefined : (await sha256OfFile(part)).sha256;
    if (found === sha256) break;
    rmSync(part, { force: true });
    // A piece of an older edition may have been gone on from.
    if (attempt === 2) fail('input', url, `sha256 ${sha256}`, String(found));
  }
  writing(target, () => renameSync(part, target));
  return 'whole';
}

const withSignal = ({ signal }: DownloadOptions): { signal?: AbortSignal } => (signal === undefined ? {} : { signal });

/** Tries until it comes to something. */
async function persist<T extends string | true>(
  url: string,
  { signal }: DownloadOptions,
  work: () => Promise<Tried<T>>,
): Promise<T | typeof MISSING> {
  for (let attempt = 1, wait = FIRST_PAUSE; ; attempt++, wait = Math.min(LONGEST_PAUSE, 2 * wait)) {
    let tried: Tried<T>;
    try {
      tried = await work();
    } catch (error) {
      signal?.throwIfAborted();
      if (error instanceof MinotaurError) throw error;
      tried = { retryAfter: 0, why: networkWords(error) };
    }
    if (typeof tried === 'string' || tried === true) return tried;
    if (attempt === TRIES) fail('input', url, 'an answer', `${tried.why}, ${TRIES} times`);
    await pause(Math.max(wait, tried.retryAfter), undefined, { signal });
  }
}

/** What an answer says that is not what was asked for. */
async function refusalOf(response: Response): Promise<Tried<never> | undefined> {
  const { status, headers } = response;
  if (status === 200 || status === 206) return undefined;
  await response.body?.cancel();
  if (status === 404) return MISSING;
  const why = `status ${status}`;
  if (status !== 429 && status < 500) return fail('input', response.url, 'a file', why);
  return { retryAfter: Math.min(LONGEST_PAUSE, retryAfterOf(headers.get('retry-after'), Date.now()) ?? 0), why };
}

/** Pieces of an answer; one that stops coming is an error. */
async function* pieces(response: Response): AsyncGenerator<Uint8Array> {
  const reader = response.body?.getReader();
  if (reader === undefined) return;
  for (;;) {
    const stalled = new AbortController();
    const late = pause(STALLED, 'late' as const, { signal: stalled.signal }).catch(() => 'late' as const);
    const read = await Promise.race([reader.read(), late]);
    stalled.abort();
    if (read === 'late') {
      await reader.cancel();
      throw new Error(`nothing came for ${STALLED} ms`);
    }
    if (read.done) return;
    yield read.value;
  }
}

/** One try, behind what is there already. */
async function tryFile(url: string, part: string, options: DownloadOptions): Promise<Tried<true>> {
  const had = existsSync(part) ? statSync(part).size : 0;
  const headers = had > 0 ? { range: `bytes=${had}-` } : {};
  const response = await options.fetch(url, { headers, ...withSignal(options) });
  // It was whole already, or of another edition; its checksum says which.
  if (response.status === 416 && had > 0) {
    await response.body?.cancel();
    return true;
  }
  const refusal = await refusalOf(response);
  if (refusal !== undefined) return refusal;
  const goesOn = response.status === 206 && response.headers.get('content-range')?.startsWith(`bytes ${had}-`) === true;
  if (response.status === 206 && !goesOn) {
    await response.body?.cancel();
    rmSync(part);
    return { retryAfter: 0, why: 'another piece than was asked for' };
  }
  if (goesOn) options.onBytes?.(had);
  await append(response, part, goesOn ? 'a' : 'w', options);
  return true;
}

async function append(response: Response, part: string, flags: 'a' | 'w', { onBytes }: DownloadOptions): Promise<void> {
  const file = await open(part, flags).catch((error: unknown) => unwritable(part, error));
  try {
    for await (const piece of pieces(response)) {
      await file.writeFile(piece).catch((error: unknown) => unwritable(part, error));
      onBytes?.(piece.length);
    }
    await file.sync();
  } finally {
    await file.close();
  }
}

function unwritable(path: string, error: unknown): never {
  return writing(path, () => {
    throw error;
  });
}
