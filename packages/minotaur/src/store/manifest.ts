/** `manifest.json`: what a run was of, and what came of it. */
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fail } from 'minotaur-core/internal/base/errors';
import { requireFormat } from 'minotaur-core/internal/base/format';
import type { EngineCounts } from 'minotaur-core/internal/chain/contract';
import { createPlan, type Plan } from 'minotaur-core/internal/chain/plan';
import { parseConfig, type ConfigInput } from 'minotaur-core/internal/config/config';
import type { Instrument } from 'minotaur-core/internal/trades/instrument';
import { writing } from '../node/writing.ts';
import { MANIFEST } from '../files/atomic.ts';
import type { InputFile } from './inputs.ts';
import type { PredictionReport } from './predictions.ts';
import type { StepRecord } from './step-record.ts';

/** The format of manifests of rows that is written and read. */
export const MANIFEST_FORMAT = 2;

/** What `build` and `replay` say of what they left. */
export interface Manifest {
  /** Of this description, and of the files beside it. */
  readonly format: typeof MANIFEST_FORMAT;
  /** Of the chain: its columns, and everything that changes a bit of them. */
  readonly schemaId: string;
  /** Version of Minotaur that ran. */
  readonly engineVersion: string;
  /** By which version of the doors the files were taken in: of what is asked of them before they are believed. Absent in manifests of older versions. */
  readonly doors?: number;
  /** As JSON can hold it: own operators by name. */
  readonly config: unknown;
  /** What the configuration goes by: a preset, or a file, by the way to it from this directory. Absent in steps of a job list, and of older versions. */
  readonly configName?: string;
  /** What was traded, everything settled. */
  readonly instruments: readonly Instrument[];
  /** Which of several instruments drives: the rows have its times and its symbol. */
  readonly drive?: string;
  /** What of it the configuration does not say: by instrument and key, the file that told it, or `an earlier run`. */
  readonly told: Readonly<Record<string, Readonly<Record<string, string>>>>;
  /** Where evidence of another instrument was to be overridden. */
  readonly accept?: true;
  /** The files that were read. */
  readonly inputs: readonly InputFile[];
  /** What the engine has seen and made; of the rows of this run, those that are ready, and of these those that are complete. */
  readonly counts: EngineCounts & { readonly readyRows: number; readonly completeRows: number };
  /** Rows of the files that are no trades of the instrument's, by reason: `other symbol`, `where`, kinds that no dump has. */
  readonly leftOut: Readonly<Record<string, number>>;
  /** Instruments whose files go on behind the end of the driving one's: the rest of them was left for a run that goes on. */
  readonly unread?: readonly string[];
  /** Of the trades that were read in this run, the share that was used; duplicates count as used. */
  readonly used: number;
  /** What of the events somebody should look at, in words: those that were lost, days without any, prices far from the one before. */
  readonly notes?: readonly string[];
  /** What each clock needed, and when it had it. */
  readonly warmup: WarmupReport;
  /** Of a row, in order. */
  readonly columns: readonly string[];
  /** Of all rows since the cold start: two runs whose digests are equal have the same bits. */
  readonly digest: string;
  /** The same before the first row of this run: that of the run that it goes on from, zeros after a cold start. */
  readonly digestFrom: string;
  /** Rows since the cold start before the first of this run. Absent in manifests of older versions. */
  readonly firstRow?: number;
  /** Where a model was attached. */
  readonly predictions?: PredictionReport;
  /** Where the run was a step of a job list: which, and of what. */
  readonly step?: StepRecord;
  /** That the run took. */
  readonly seconds: number;
  /** The most memory that the process ever held. */
  readonly peakRssBytes: number;
}

/** The account of a run's warm-up. */
export interface WarmupReport {
  /** Of each clock. */
  readonly clocks: readonly ClockWarmup[];
  /** Of features of rows, where there are any. */
  readonly rows?: RowsWarmupReport;
  /** Columns that depend on the start for ever, and are not waited for. */
  readonly unbounded: readonly string[];
  /** Columns that are not waited for, because the configuration says so. */
  readonly ignored: readonly string[];
}

/** What a clock needed, and when in this run it had it. */
export interface ClockWarmup {
  /** Its name. */
  readonly clock: string;
  /** Bars needed since the cold start. */
  readonly bars: number;
  /** The column that needs most. */
  readonly because: string | null;
  /** The same in bars of the clock that these are made from, in the end, where that is a fixed number. */
  readonly rootBars: { readonly clock: string; readonly bars: number } | null;
  /** Trades (given bars, where bars are the input) of this run until the clock was warm; 0: it was before, null: it is not yet. */
  readonly trades: number | null;
  /** Event time of this run until then. */
  readonly seconds: number | null;
}

/** What features of rows needed once every clock was warm, and when in this run rows had it. */
export interface RowsWarmupReport {
  /** Rows whose clocks are warm, one after the other. */
  readonly rows: number;
  /** The column that needs most; null: none needs more than the row itself. */
  readonly because: string | null;
  /** Rows of this run until the first that was ready; null: there was none. */
  readonly readyAfter: number | null;
}

/** As every manifest is written, that of an exported data set included. */
export function writeManifest(directory: string, manifest: object): void {
  const path = join(directory, MANIFEST);
  writing(path, () => writeFileSync(path, `${JSON.stringify(manifest, null, 2)}\n`));
}

/**
 * What `build` or `replay` says of what it left in `directory`.
 * @throws {MinotaurError} where there is none, or one of another format
 */
export function readManifest(directory: string): Manifest {
  const path = join(directory, MANIFEST);
  if (!existsSync(path)) {
    const found = existsSync(directory) ? 'none' : 'no such directory';
    fail('input', directory, 'a directory that build wrote, with manifest.json', found);
  }
  return parseManifest(readFileSync(path, 'utf8'), path);
}

/**
 * What the text of a manifest says, which is at `path`.
 * @throws {MinotaurError} where it is something else, or of another format
 */
export function parseManifest(text: string, path: string): Manifest {
  let manifest: Partial<Manifest> | null;
  try {
    manifest = JSON.parse(text) as typeof manifest;
  } catch (error) {
    fail('input', path, 'JSON that build wrote', (error as Error).message);
  }
  if (typeof manifest?.schemaId !== 'string' || !Array.isArray(manifest.columns))
    fail('input', path, 'what build says of rows', 'something else');
  requireFormat({
    what: 'a manifest of rows',
    expected: MANIFEST_FORMAT,
    found: manifest.format,
    where: path,
    instead: 'build the rows again',
  });
  return manifest as Manifest;
}

/** The clock that drives: as the configuration says, or its first. */
export function driveOf({ config }: Pick<Manifest, 'config'>): string {
  const { drive, clocks } = config as { readonly drive?: string; readonly clocks: object };
  return drive ?? Object.keys(clocks)[0];
}

/** The plan that a manifest speaks of; undefined where it cannot be had again: own operators, another version. */
export function planOfManifest(manifest: Manifest): Plan | undefined {
  try {
    const plan = createPlan(parseConfig({ ...(manifest.config as ConfigInput), operators: [] }));
    return plan.schema.id === manifest.schemaId ? plan : undefined;
  } catch {
    return undefined;
  }
}
