/** Files that are there whole or not at all. */
import { createHash } from 'node:crypto';
import {
  closeSync,
  existsSync,
  fsync,
  fsyncSync,
  mkdirSync,
  openSync,
  readdirSync,
  renameSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { open as openFile } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { fail } from 'minotaur-core/internal/base/errors';
import { makeDirectory, writing } from '../node/writing.ts';

/** Of a file, read at once. */
const HASHED_BYTES = 1 << 20;

/**
 * SHA-256 of a file in hexadecimal, and its size in bytes; read in pieces, into the same memory.
 * @throws the reason of the signal, at the next piece, where that was aborted
 */
export async function sha256OfFile(file: string, signal?: AbortSignal): Promise<{ sha256: string; bytes: number }> {
  const hash = createHash('sha256');
  let bytes = 0;
  try {
    const handle = await openFile(file);
    try {
      const piece = Buffer.allocUnsafe(HASHED_BYTES);
      for (;;) {
        signal?.throwIfAborted();
        const { bytesRead } = await handle.read(piece, 0, HASHED_BYTES, null);
        if (bytesRead === 0) break;
        hash.update(piece.subarray(0, bytesRead));
        bytes += bytesRead;
      }
    } finally {
      await handle.close();
    }
  } catch (error) {
    signal?.throwIfAborted();
    fail('input', file, 'a readable file', (error as Error).message);
  }
  return { sha256: hash.digest('hex'), bytes };
}

/** Makes what is at `path`, a file or directory entry, outlast a power cut. */
export function forceToDisk(path: string): void {
  const handle = openSync(path, 'r');
  try {
    fsyncSync(handle);
  } finally {
    closeSync(handle);
  }
}

/** The same beside what else is done: it is a thread of Node's own that waits for the disk. */
function forcing(path: string): Promise<void> {
  return new Promise((resolve, reject) => {
    const handle = openSync(path, 'r');
    fsync(handle, (error) => {
      closeSync(handle);
      if (error) reject(error);
      else resolve();
    });
  });
}

function isRunning(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
}

/** Entries of `directory` named `<prefix><pid>` whose process is gone, or is this one: left by runs that were killed. */
function leftovers(directory: string, prefix: string): string[] {
  return readdirSync(directory)
    .filter((name) => name.startsWith(prefix))
    .filter((name) => {
      const pid = Number(name.slice(prefix.length));
      return Number.isInteger(pid) && (pid === process.pid || !isRunning(pid));
    })
    .map((name) => join(directory, name));
}

export interface PartialFile {
  /** Where to write. */
  readonly path: string;
  /** Writes the whole content and commits. */
  write(content: string | Uint8Array): void;
  /** Makes it durable and gives it its name. */
  commit(): void;
  /** Removes it; nothing happens after `commit`. */
  abort(): void;
}

let serial = 0;

/** A file written beside `target` under a hidden name; what killed runs left there is removed. */
export function partialFile(target: string): PartialFile {
  const directory = dirname(target);
  const stem = `.${basename(target)}.partial`;
  const path = join(directory, `${stem}${++serial}-${process.pid}`);
  requireFile(target);
  let committed = false;
  const unmake = makeDirectory(directory);
  writing(target, () => {
    const mine = new RegExp(`^${stem.replace(/[^\w]/g, '\\$&')}\\d+-(\\d+)$`);
    for (const name of readdirSync(directory)) {
      const pid = Number(mine.exec(name)?.[1] ?? NaN);
      if (pid > 0 && pid !== process.pid && !isRunning(pid)) rmSync(join(directory, name), { force: true });
    }
  });
  const commit = (): void => {
    writing(target, () => {
      forceToDisk(path);
      renameSync(path, target);
      forceToDisk(directory);
    });
    committed = true;
  };
  return {
    path,
    commit,
    write(content) {
      writing(target, () => writeFileSync(path, content));
      commit();
    },
    abort() {
      if (committed) return;
      rmSync(path, { force: true });
      unmake();
    },
  };
}

/** Refuses a target that a finished file must not be renamed over: a directory, a device. */
function requireFile(target: string): void {
  const found = writing(target, () => statSync(target, { throwIfNoEntry: false }));
  if (found !== undefined && !found.isFile())
    fail(
      'input',
      target,
      'the name of a file',
      found.isDirectory() ? 'a directory' : 'no file, but a device or the like',
    );
}

/** Writes a file that is there whole or not at all. */
export function writeWhole(path: string, content: string | Uint8Array): void {
  const file = partialFile(path);
  try {
    file.write(content);
  } finally {
    file.abort();
  }
}

/** Written last and taken away first: outputs are complete if and only if it is there. */
export const MANIFEST = 'manifest.json';
const PARTIAL = '.partial-';
const LEAVING = '.leaving-';
const OLD = '.old-';

export interface OutputDirectory {
  /** Where to write the outputs; below the directory itself, so on the same file system. */
  readonly path: string;
  /** Begins to make a file durable that is whole, by its name below `path`, while others are written. */
  force(name: string): void;
  /** Puts the outputs in place of the previous ones, once all of them are durable. */
  commit(): Promise<void>;
  /** Removes what was written; the previous outputs stay as they are. Nothing happens after `commit`. */
  abort(): void;
}

/**
 * Outputs of a run in `directory`, written to a hidden directory below it and moved in at the end.
 *
 * `manifest.json` stands for the whole: commit takes the previous one away before it moves anything and puts the new one in
 * place after everything, so a run that is killed at any instant leaves the previous outputs, or outputs without a manifest;
 * the next run restores the previous ones or completes the removal. The directory itself is not swapped: it may be a mount
 * point or the working directory, and it may hold files of others, which are not touched.
 * @param owned names directly below `directory` that belong to such a run, `manifest.json` among them
 */
export function openOutputDirectory(directory: string, owned: readonly string[]): OutputDirectory {
  const path = join(directory, PARTIAL + process.pid);
  const unmake = makeDirectory(directory);
  writing(directory, () => {
    recover(directory, owned);
    mkdirSync(path);
  });
  let open = true;
  /** Of each file, that it is durable. */
  const forced = new Map<string, Promise<void>>();
  return {
    path,
    force(name) {
      const done = forcing(join(path, name));
      // What is wrong is said by the commit, if there is one.
      done.catch(() => undefined);
      forced.set(join(path, name), done);
    },
    async commit() {
      if (!open) return;
      writing(directory, () => requireOutputs(path, owned));
      try {
        await Promise.all(treeOf(path).map((part) => forced.get(part) ?? forcing(part)));
      } catch (error) {
        writing(directory, () => {
          throw error;
        });
      }
      writing(directory, () => swap(directory, path, owned));
      open = false;
    },
    abort() {
      if (!open) return;
      rmSync(path, { recursive: true, force: true });
      unmake();
      open = false;
    },
  };
}

/** Brings a directory that a killed run left behind back to its last complete outputs. */
function recover(directory: string, owned: readonly string[]): void {
  const complete = existsSync(join(directory, MANIFEST));
  for (const old of leftovers(directory, OLD)) {
    if (!complete) {
      for (const name of owned) rmSync(join(directory, name), { recursive: true, force: true });
      moveAll(old, directory);
    }
    rmSync(old, { recursive: true, force: true });
  }
  for (const leaving of leftovers(directory, LEAVING)) {
    moveAll(leaving, directory);
    rmSync(leaving, { recursive: true, force: true });
  }
  for (const partial of leftovers(directory, PARTIAL)) rmSync(partial, { recursive: true, force: true });
}

/** Moves all entries, the manifest last. */
function moveAll(from: string, to: string): void {
  const names = readdirSync(from).filter((name) => name !== MANIFEST);
  for (const name of names) renameSync(join(from, name), join(to, name));
  forceToDisk(to);
  if (existsSync(join(from, MANIFEST))) renameSync(join(from, MANIFEST), join(to, MANIFEST));
}

function requireOutputs(fresh: string, owned: readonly string[]): void {
  if (!existsSync(join(fresh, MANIFEST))) fail('internal', fresh, `${MANIFEST}, which marks complete outputs`, 'none');
  for (const name of readdirSync(fresh)) {
    if (!owned.includes(name)) fail('internal', join(fresh, name), `one of ${owned.join(', ')}`, 'another name');
  }
}

/** Moves durable outputs in. */
function swap(directory: string, fresh: string, owned: readonly string[]): void {
  const leaving = join(directory, LEAVING + process.pid);
  const old = join(directory, OLD + process.pid);
  mkdirSync(leaving);
  const previous = owned.filter((name) => existsSync(join(directory, name)));
  if (previous.includes(MANIFEST)) renameSync(join(directory, MANIFEST), join(leaving, MANIFEST));
  forceToDisk(directory);
  for (const name of previous) if (name !== MANIFEST) renameSync(join(directory, name), join(leaving, name));
  renameSync(leaving, old); // from here on, whatever stands in the directory is new
  moveAll(fresh, directory);
  forceToDisk(directory);
  rmSync(old, { recursive: true, force: true });
  rmSync(fresh, { recursive: true, force: true });
}

/** A directory and all that is in it. */
function treeOf(directory: string): string[] {
  const inside = readdirSync(directory, { withFileTypes: true }).flatMap((entry) => {
    const path = join(directory, entry.name);
    return entry.isDirectory() ? treeOf(path) : [path];
  });
  return [...inside, directory];
}
