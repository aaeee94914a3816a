/** `run.json`: which steps were taken, of what, and how they left their files. */
import { readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { writeWhole, sha256OfFile } from '../../files/atomic.ts';
import type { StepName, StepOutcome } from './steps.ts';

/** Of the directory of a run; another format is as good as none: every step is taken again. */
const FORMAT = 1;
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

/** An input whose content is known. */
type Known = Stamp & { readonly sha256: string };

export interface RunRecord {
  readonly format: typeof FORMAT;
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

/** Whether a step was taken of the same, and its files are as it left them. */
export function isDone(out: string, record: StepRecord | undefined, key: string): record is StepRecord {
  if (record?.key !== key) return false;
  const now = stampsOf(out, Object.keys(record.leaves));
  return now !== undefined && Object.entries(record.leaves).every(([name, stamp]) => isSame(now[name], stamp));
}

/** SHA-256 of a file; it is read again only where it has changed since it was last. */
export async function contentOf(path: string, known: RunRecord['inputs']): Promise<string> {
  const stamp = stampOf(path);
  const seen = known[path] as Known | undefined;
  if (stamp !== undefined && seen !== undefined && isSame(stamp, seen)) return seen.sha256;
  const { sha256 } = await sha256OfFile(path);
  if (stamp !== undefined) known[path] = { ...stamp, sha256 };
  return sha256;
}

function stampOf(path: string): Stamp | undefined {
  const found = statSync(path, { bigint: true, throwIfNoEntry: false });
  return found && { bytes: Number(found.size), modified: String(found.mtimeNs) };
}

const isSame = (a: Stamp, b: Stamp): boolean => a.bytes === b.bytes && a.modified === b.modified;
