/** `manifest.json`: what a run was of, and what came of it. */
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fail } from 'minotaur-core/internal/base/errors';
import type { EngineCounts } from 'minotaur-core/internal/chain/contract';
import { createPlan, type Plan } from 'minotaur-core/internal/chain/plan';
import { parseConfig, type ConfigInput } from 'minotaur-core/internal/config/config';
import { MANIFEST } from '../files/atomic.ts';
import type { InputFile } from './inputs.ts';
import type { PredictionReport } from './predictions.ts';

/** What `build` and `replay` say of what they left. */
export interface Manifest {
  /** Of the chain: its columns, and everything that changes a bit of them. */
  readonly schemaId: string;
  /** Version of Minotaur that ran. */
  readonly engineVersion: string;
  /** As JSON can hold it: own operators by name. */
  readonly config: unknown;
  /** The files that were read. */
  readonly inputs: readonly InputFile[];
  /** What the engine has seen and made; `readyRows`: rows at which every clock was warm. */
  readonly counts: EngineCounts & { readonly readyRows: number };
  /** What each clock needed, and when it had it. */
  readonly warmup: WarmupReport;
  /** Of a row, in order. */
  readonly columns: readonly string[];
  /** Of all rows: two runs whose digests are equal have the same bits. */
  readonly digest: string;
  /** Where a model was attached. */
  readonly predictions?: PredictionReport;
  /** That the run took. */
  readonly seconds: number;
  /** The most memory that the process ever held. */
  readonly peakRssBytes: number;
}

/** The account of a run's warm-up. */
export interface WarmupReport {
  /** Of each clock. */
  readonly clocks: readonly ClockWarmup[];
  /** Columns that depend on the start for ever, and are not waited for. */
  readonly unbounded: readonly string[];
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

/** As every manifest is written, that of an exported data set included. */
export function writeManifest(directory: string, manifest: object): void {
  writeFileSync(join(directory, MANIFEST), `${JSON.stringify(manifest, null, 2)}\n`);
}

/**
 * What `build` or `replay` says of what it left in `directory`.
 * @throws {MinotaurError} of kind `input` where there is none
 */
export function readManifest(directory: string): Manifest {
  const path = join(directory, MANIFEST);
  if (!existsSync(path)) fail('input', directory, 'a directory that build wrote, with manifest.json', 'none');
  try {
    return JSON.parse(readFileSync(path, 'utf8')) as Manifest;
  } catch (error) {
    fail('input', path, 'JSON that build wrote', (error as Error).message);
  }
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
