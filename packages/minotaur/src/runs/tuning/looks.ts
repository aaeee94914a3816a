/**
 * Who has looked at a test span. A test is worth what it says once; whoever chooses by it, and looks again, chooses by chance. What
 * was scored is on record beside the split, by the digest of the test rows: a file for each look, which nobody overwrites.
 */
import { createHash } from 'node:crypto';
import { linkSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { bytesOf } from 'minotaur-core/internal/artefact/training-rows';
import type { InstrumentPart } from 'minotaur-core/internal/splits/parts';
import { partialFile } from '../../files/atomic.ts';
import { makeDirectory, writing } from '../../node/writing.ts';

/** One look at a test span. */
export interface Look {
  /** Which it is, from 1 on. */
  readonly number: number;
  /** Of the test rows. */
  readonly digest: string;
  /** Of the study. */
  readonly study: string;
  /** What the study is called. */
  readonly name: string;
  /** SHA-256 of the model that was scored. */
  readonly model: string;
  /** Trials that it was chosen from. */
  readonly tried: number;
}

/** SHA-256 of the symbols and times of the rows: of the same rows the same, whatever they were made into. */
export function rowsDigest(
  parts: readonly InstrumentPart[],
  time: Float64Array,
  isIn: (row: number) => boolean,
): string {
  const hash = createHash('sha256');
  for (const { symbol, from, to } of parts) {
    const own: number[] = [];
    for (let i = from; i < to; i++) if (isIn(i)) own.push(time[i]);
    hash.update(`${symbol} ${own.length}\n`).update(bytesOf(Float64Array.from(own)));
  }
  return hash.digest('hex');
}

/** The directory beside the split in which looks at its test rows are kept. */
const looksDirectory = (splits: string): string => join(dirname(splits), `${basename(splits, '.parquet')}.looks`);

/** All looks at the rows, in order. */
function readLooks(directory: string, digest: string): Look[] {
  // A look that somebody is about to put there is none yet.
  const names = writing(directory, () => readdirSync(directory)).filter(
    (name) => name.startsWith(`${digest.slice(0, 16)}.`) && name.endsWith('.json'),
  );
  return names
    .map((name) => JSON.parse(readFileSync(join(directory, name), 'utf8')) as Look)
    .sort((a, b) => a.number - b.number);
}

/** Puts a look on record before it is taken; the same model of the same study again is no other look. */
export function recordLook(splits: string, look: Omit<Look, 'number'>): Look {
  const directory = looksDirectory(splits);
  makeDirectory(directory);
  for (;;) {
    const before = readLooks(directory, look.digest);
    const same = before.find(({ study, model }) => study === look.study && model === look.model);
    if (same !== undefined) return same;
    const own: Look = { number: before.length + 1, ...look };
    if (place(join(directory, `${look.digest.slice(0, 16)}.${own.number}.json`), own)) return own;
  }
}

/** Gives a whole file its name; false where somebody else had it first. */
function place(path: string, look: Look): boolean {
  const draft = partialFile(`${path}.draft-${look.study}`);
  draft.write(`${JSON.stringify(look, null, 2)}\n`);
  try {
    linkSync(`${path}.draft-${look.study}`, path);
    return true;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'EEXIST') return false;
    throw error;
  } finally {
    rmSync(`${path}.draft-${look.study}`, { force: true });
  }
}
