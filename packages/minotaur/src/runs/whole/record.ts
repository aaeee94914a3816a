/** `run.json`: which steps were taken, of what, and how they left their files. */
import { existsSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { fail } from 'minotaur-core/internal/base/errors';
import { writeWhole, sha256OfFile } from '../../files/atomic.ts';
import { nameHere, REPLACE } from '../../store/owner.ts';
import { PLACES, type StepName, type StepOutcome } from './steps.ts';

/** Of the directory of a run; another format is as good as none: every step is taken again. */
const FORMAT = 2;
const FILE = 'run.json';

/** A file as it was seen. */
interface Stamp {
  readonly bytes: number;
  /** Nanoseconds, as text. */
  readonly modified: string;
}

/** A step that was taken. */
export interface StepRecord extends StepOutcome {
  /** SHA-256 of everything that it was taken of. */
  readonly key: string;
  readonly seconds: number;
  readonly leaves: Readonly<Record<string, Stamp>>;
}

/** The configuration that a directory of a run is of. */
export interface RunOwner {
  /** What it goes by, from the directory on. */
  readonly name: string;
  /** SHA-256 of all that it says, and of the files that it was run on. */
  readonly sha256: string;
}

/** An input whose content is known. */
type Known = Stamp & { readonly sha256: string };

export interface RunRecord {
  readonly format: typeof FORMAT;
  /** Whose the directory is; absent where nothing has been left yet. */
  config?: RunOwner;
  readonly steps: Partial<Record<StepName, StepRecord>>;
  /** By path. */
  readonly inputs: Record<string, Known>;
}

/** What is on record in the directory of a run. */
export function readRecord(out: string): RunRecord {
  try {
    const record = JSON.parse(readFileSync(join(out, FILE), 'utf8')) as RunRecord;
    if (record.format === FORMAT) return record;
  } catch {
    // None yet, or half of one: it stands for nothing but steps that need not be taken again.
  }
  return { format: FORMAT, steps: {}, inputs: {} };
}

export function writeRecord(out: string, record: RunRecord): void {
  writeWhole(join(out, FILE), `${JSON.stringify(record, null, 2)}\n`);
}

/** The files of a step as they are now; undefined where one is not there. */
export function stampsOf(out: string, leaves: readonly string[]): Record<string, Stamp> | undefined {
  const stamps: Record<string, Stamp> = {};
  for (const name of leaves) {
    const stamp = stampOf(join(out, name));
    if (stamp === undefined) return undefined;
    stamps[name] = stamp;
  }
  return stamps;
}

/** Whether a step was taken, and its files are as it left them. */
export function stands(out: string, record: StepRecord | undefined): record is StepRecord {
  if (record === undefined) return false;
  const now = stampsOf(out, Object.keys(record.leaves));
  return now !== undefined && Object.entries(record.leaves).every(([name, stamp]) => isSame(now[name], stamp));
}

/** An input of a run as it is now, before its content is known. */
export interface SeenInput {
  readonly path: string;
  /** Of which kind, and of what. */
  readonly of: string;
  readonly stamp: Stamp | undefined;
}

export const seeInput = (of: string, path: string): SeenInput => ({ path, of, stamp: stampOf(path) });

/** Whether its content is another than the one that is known of its name, without a look into it. */
export function isOther({ path, stamp }: SeenInput, known: RunRecord['inputs']): boolean {
  const seen = known[path] as Known | undefined;
  return seen === undefined || seen.bytes !== stamp?.bytes;
}

/** SHA-256 of a file; it is read again only where it has changed since it was last. */
export async function contentOf({ path, stamp }: SeenInput, known: RunRecord['inputs']): Promise<string> {
  const seen = known[path] as Known | undefined;
  if (stamp !== undefined && seen !== undefined && isSame(stamp, seen)) return seen.sha256;
  return keepContent({ path, stamp }, (await sha256OfFile(path)).sha256, known);
}

/** Keeps what another has found a file to hold that has been as it is now since then. */
export function keepContent(
  { path, stamp }: Pick<SeenInput, 'path' | 'stamp'>,
  sha256: string,
  known: RunRecord['inputs'],
): string {
  if (stamp !== undefined) known[path] = { ...stamp, sha256 };
  return sha256;
}

function stampOf(path: string): Stamp | undefined {
  const found = statSync(path, { bigint: true, throwIfNoEntry: false });
  return found && { bytes: Number(found.size), modified: String(found.mtimeNs) };
}

const isSame = (a: Stamp, b: Stamp): boolean => a.bytes === b.bytes && a.modified === b.modified;

/**
 * Refuses to put a run in place of what another configuration has left, or somebody by other commands: a model of weeks may be among it.
 * @throws {MinotaurError} of kind `state`
 */
export function requireOwnRun(out: string, { config }: RunRecord, own: RunOwner): void {
  if (config?.name === own.name || config?.sha256 === own.sha256) return;
  const there = Object.values(PLACES).filter((name) => existsSync(join(out, name)));
  if (there.length === 0) return;
  const whose = config === undefined ? `what ${FILE} says of nobody` : `that of ${nameHere(out, config.name)}`;
  const expected = `a directory of ${nameHere(out, own.name)}, or one that is free (another \`out\`): ${REPLACE}`;
  fail('state', out, expected, `${whose}: ${there.join(', ')}`);
}
