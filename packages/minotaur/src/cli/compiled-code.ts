/**
 * Compiled code of our modules, kept from one start of a command to the next. Node keeps what the engine compiles when a module is
 * loaded, which is no function that is called later: a build has two thousand of them compiled anew. This keeps what has been compiled
 * by the end. Modules that are built for it (`scripts/keep-compiled.ts`) ask for it by a name that they and this file know.
 */
import { readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { getCompileCacheDir } from 'node:module';
import { basename, join } from 'node:path';
import { Script } from 'node:vm';
import { crc32 } from 'node:zlib';

/** All of a module. */
type Code = (...imported: readonly unknown[]) => unknown;

/** As `scripts/keep-compiled.ts` has it. */
const KEEPER = Symbol.for('minotaur.compiled');

/** Exit code of what could not be answered. */
const UNANSWERED = 2;

/** Bytes before what is kept: its sum, as the engine does not look whether it is whole. */
const SUM = 4;

/**
 * From here on modules are compiled with what was kept of them, where Node keeps compiled code as well, and in its folder. Of each
 * command by itself: what one of them calls another does not.
 */
export function keepCompiled(command: string): void {
  const folder = getCompileCacheDir();
  if (folder === undefined) return;
  // Whatever else it is called with is no name of a file.
  const of = /^[a-z]+$/.test(command) ? command : 'none';
  const fresh = new Map<string, Script>();
  process.once('exit', (status) => {
    // What was not answered ended early, and may have been no command.
    if (status < UNANSWERED) for (const [file, script] of fresh) keep(file, script.createCachedData());
  });
  const compiled = (code: Code, url: string, offset: number, lines: number): Code => {
    // Places in it are those in the file.
    const text = `${'\n'.repeat(lines)}${' '.repeat(offset - lines - 1)}(${code.toString()})`;
    const file = join(folder, `${basename(url)}-${of}-${crc32(text).toString(16)}`);
    const cachedData = readKept(file);
    const script = new Script(text, { filename: url, ...(cachedData && { cachedData }) });
    if (cachedData === undefined || script.cachedDataRejected === true) fresh.set(file, script);
    return script.runInThisContext() as Code;
  };
  Object.defineProperty(globalThis, KEEPER, { value: compiled });
}

/** Undefined where nothing was kept, or not all of it. */
function readKept(file: string): Buffer | undefined {
  try {
    const bytes = readFileSync(file);
    const data = bytes.subarray(SUM);
    return crc32(data) === bytes.readUInt32LE() ? data : undefined;
  } catch {
    return undefined;
  }
}

/** Whole or not at all. Where it cannot be kept, it is compiled anew. */
function keep(file: string, data: Buffer): void {
  const own = `${file}.${process.pid}`;
  try {
    const sum = Buffer.alloc(SUM);
    sum.writeUInt32LE(crc32(data));
    writeFileSync(own, Buffer.concat([sum, data]), { mode: 0o600 });
    renameSync(own, file);
  } catch {
    rmSync(own, { force: true });
  }
}
