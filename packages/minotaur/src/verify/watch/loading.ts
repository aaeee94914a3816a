/** What modules asked of the world while they loaded: the files that they read, and everything else by name. */
import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { registerHooks } from 'node:module';
import { resolve } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { callers, layWatch, listen, placeOf, type Question } from './watch.ts';
import { WATCHED } from './watched.ts';

/** A file whose contents the values may depend on, and that no schema and no journal names. */
export interface LoadedInput {
  /** Absolute. */
  readonly path: string;
  /** Of its contents right after loading, in hex. */
  readonly sha256: string;
  /** Its size. */
  readonly bytes: number;
}

/** What modules asked while they loaded, as plain data. */
export interface Loading {
  /** Whether any module of the user's was loaded under the watch; one that had been loaded before was not. */
  readonly watched: boolean;
  /** Files that were read, code left out: nobody vouches for them. */
  readonly inputs: readonly LoadedInput[];
  /** Everything else: clocks, chance, network, other processes, functions of `Math`; each once, with the place in the code. */
  readonly asked: readonly string[];
}

/**
 * Loads modules under the watch. Functions that they take out of their place while they load stay watched: work that calls
 * one later is seen. What counts is what is imported by `load` and by what that imports, our own packages left out.
 * @returns what `load` gave, what was asked meanwhile, and the code that was loaded
 */
export async function watchLoading<T>(
  load: () => Promise<T>,
): Promise<{ readonly value: T; readonly loading: Loading; readonly code: readonly LoadedInput[] }> {
  // Loaded when it is needed: a test of an operator is not to wait for the network's code.
  const { NETWORK } = await import('./network.ts');
  const files = new Set<string>();
  const asked = new Map<string, string>();
  const modules = followModules((path) => files.add(path));
  const note = (question: Question): void => {
    if (asked.has(question.what)) return;
    const place = askedAt(modules.urls);
    if (place === undefined) return;
    if (question.file !== undefined) files.add(resolve(question.file));
    else asked.set(question.what, `${question.what}, ${place}`);
  };
  const undo = layWatch([...WATCHED, ...NETWORK], true);
  const before = listen(note);
  let value: T;
  try {
    value = await load();
  } finally {
    listen(before);
    undo();
    modules.stop();
  }
  const inputs: LoadedInput[] = [];
  for (const path of files) {
    const found = contentsOf(path);
    if (found === undefined) asked.set(path, `${path}, which cannot be read`);
    else inputs.push(found);
  }
  const code = [...modules.urls].flatMap((url) => contentsOf(fileURLToPath(url)) ?? []);
  return { value, loading: { watched: modules.urls.size > 0, inputs, asked: [...asked.values()] }, code };
}

/** Keeps the addresses of the user's modules as they load; data that is imported as a module is a file that is read. */
function followModules(onData: (path: string) => void): { readonly urls: ReadonlySet<string>; stop(): void } {
  const ours = ['../../../', import.meta.resolve('minotaur-core/package.json')].map(
    (place) => new URL('./', new URL(place, import.meta.url)).href,
  );
  const theirs = new Set<string>();
  const urls = new Set<string>();
  const hooks = registerHooks({
    resolve(specifier, context, next) {
      const found = next(specifier, context);
      const { url } = found;
      const isOurs = !url.startsWith('file:') || ours.some((place) => url.startsWith(place));
      // What is installed counts where a module of the user's imports it, and not where one of ours does.
      const installed = url.includes('/node_modules/');
      if (!isOurs && (!installed || theirs.has(context.parentURL ?? ''))) theirs.add(url);
      return found;
    },
    load(url, context, next) {
      const found = next(url, context);
      if (!theirs.has(url)) return found;
      urls.add(url);
      if (found.format === 'json' || found.format === 'wasm') onData(fileURLToPath(url));
      return found;
    },
  });
  return { urls, stop: () => hooks.deregister() };
}

/** Where one of the user's modules asked; nothing where it was the runtime, as when it reads them, or somebody else. */
function askedAt(urls: ReadonlySet<string>): string | undefined {
  const frames = callers();
  const runtime = frames.findIndex((frame) => frame.includes('node:'));
  const place = placeOf(runtime < 0 ? frames : frames.slice(0, runtime));
  const file = /((?:file:|\/|[A-Za-z]:[\\/])[^()]*?):\d+:\d+\)?$/.exec(place ?? '')?.[1];
  if (file === undefined) return undefined;
  return urls.has(file.startsWith('file:') ? file : pathToFileURL(file).href) ? place : undefined;
}

function contentsOf(path: string): LoadedInput | undefined {
  try {
    const bytes = readFileSync(path);
    return { path, sha256: createHash('sha256').update(bytes).digest('hex'), bytes: bytes.length };
  } catch {
    return undefined;
  }
}
