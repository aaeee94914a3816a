/** `merge`: that every step of a job list is there, and that they are one build. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { flag, optionsOf, requireKind, textual } from 'minotaur-core/internal/base/options';
import { sha256OfText } from 'minotaur-core/internal/base/bytes/hashing';
import { fail } from 'minotaur-core/internal/base/errors';
import { ENGINE_VERSION } from 'minotaur-core/internal/base/version';
import { createRowDigest } from 'minotaur-core/internal/rows/digest';
import { MANIFEST } from '../../files/atomic.ts';
import { joinPlace, openPlaces, type Places } from '../../files/objects/places.ts';
import { nodeHashing } from '../../node/hashing.ts';
import { filesOf, stepFolder, stepName, stepsOf, type Step } from '../../store/job-list.ts';
import type { Manifest } from '../../store/manifest.ts';
import { readRows, ROWS } from '../../store/rows.ts';
import { keyOfManifest, requireStep, type StepManifest } from '../../store/step.ts';
import { beginRun, createCourse, secondsSince, type RunOptions, RUN } from '../course/options.ts';
import { openJobs, type OpenedJobs } from './jobs.ts';

/** The format of merged manifests. */
const MERGED_FORMAT = 1;
/** Its name beside the symbols. */
const MERGED = 'merged.json';
const NO_ROWS = '0'.repeat(64);
/** Months that are missing, of which so many are named. */
const NAMED = 20;

/** What `merge` takes. */
export interface MergeOptions extends RunOptions {
  /** The list that `plan` wrote. */
  readonly jobs: string;
  /** Reads all rows too, and holds their digests against those that the manifests say. */
  readonly rows?: boolean | undefined;
}

const MERGE = optionsOf<MergeOptions>({ jobs: textual }, { ...RUN, rows: flag });

/** What all jobs of a list left, as one build: `merged.json`. */
export interface MergedManifest {
  /** Of this description. */
  readonly format: typeof MERGED_FORMAT;
  /** Version of Minotaur that ran. */
  readonly engineVersion: string;
  /** Of the configuration, as every step has it. */
  readonly configuration: string;
  /** Of a row, in order. */
  readonly columns: readonly string[];
  /** In the order of their names. */
  readonly symbols: readonly MergedSymbol[];
  /** Of all symbols: SHA-256 of a line `SYMBOL DIGEST` for each. */
  readonly digest: string;
  /** What was held against each other: the manifests, or all rows too. */
  readonly proved: 'manifests' | 'rows';
}

/** A symbol, all of its months. */
export interface MergedSymbol {
  /** Its name. */
  readonly symbol: string;
  /** Of its chain. */
  readonly schemaId: string;
  /** Trades that the chain has seen. */
  readonly trades: number;
  /** Of all months. */
  readonly rows: number;
  /** Rows whose clocks were warm. */
  readonly readyRows: number;
  /** Of these, rows in which no trade is known to be missing. */
  readonly completeRows: number;
  /** Of all its rows: that of one build of all its files. */
  readonly digest: string;
  /** In order. */
  readonly months: readonly MergedMonth[];
}

/** A month of a symbol. */
export interface MergedMonth {
  /** As 2024-08. */
  readonly month: string;
  /** Where its rows are, from the merged manifest on. */
  readonly folder: string;
  /** Of the month. */
  readonly rows: number;
  /** Of engine, schema, configuration, inputs and the months before. */
  readonly key: string;
  /** Of all rows of the symbol so far. */
  readonly digest: string;
}

/** What `merge` did. */
export interface MergeReport extends MergedManifest {
  /** Where the merged manifest is. */
  readonly out: string;
  /** That it took. */
  readonly seconds: number;
}

/**
 * Proves that what the jobs of a list left is complete and one chain for each symbol, and says so in one manifest.
 * @throws {MinotaurError} where a month is missing, or goes on from something else than the one before: by name
 */
export async function mergeJobs(options: MergeOptions): Promise<MergeReport> {
  requireKind('mergeJobs', MERGE, options);
  const started = beginRun(options);
  const places = openPlaces();
  try {
    const jobs = await openJobs(places, options.jobs);
    const manifests = await allManifests(jobs, options);
    const symbols: MergedSymbol[] = [];
    for (const symbol of [...new Set(jobs.list.jobs.map((job) => job.symbol))].sort()) {
      // In the list months follow each other, wave by wave.
      const own = [...manifests]
        .filter(([step]) => step.symbol === symbol)
        .map(([step, manifest]) => ({ step, manifest }));
      requireChain(jobs, own);
      if (options.rows) for (const done of own) await requireDigest(places, jobs, done, options.signal);
      symbols.push(merged(symbol, own as (Done & { manifest: StepManifest })[]));
    }
    const [first] = manifests.values();
    const lines = symbols.map(({ symbol, digest }) => `${symbol} ${digest}\n`);
    const manifest: MergedManifest = {
      format: MERGED_FORMAT,
      engineVersion: ENGINE_VERSION,
      configuration: jobs.list.config.digest,
      columns: first.columns,
      symbols,
      digest: sha256OfText(lines.join('')),
      proved: options.rows ? 'rows' : 'manifests',
    };
    const out = joinPlace(jobs.place(jobs.list.out), MERGED);
    await places.write(out, `${JSON.stringify(manifest, null, 1)}\n`);
    return { ...manifest, out, seconds: secondsSince(started) };
  } finally {
    places.close();
  }
}

interface Done {
  readonly step: Step;
  readonly manifest: Manifest;
}

/** Those of all steps; what is missing is named. */
async function allManifests(jobs: OpenedJobs, options: MergeOptions): Promise<Map<Step, Manifest>> {
  const all = jobs.list.jobs.flatMap((job, index) => stepsOf(job).map((step) => ({ step, index })));
  const course = createCourse(options, { step: 'merge', unit: 'months', total: all.length });
  const manifests = new Map<Step, Manifest>();
  const missing: string[] = [];
  for (const { step, index } of all) {
    const manifest = await jobs.manifest(step);
    if (manifest === undefined) missing.push(`${stepName(step)} (job ${index})`);
    else manifests.set(step, manifest);
    await course.add(1);
  }
  if (missing.length > 0) {
    const rest = missing.length > NAMED ? ` and ${missing.length - NAMED} more` : '';
    fail('state', jobs.path, `${all.length} months done`, `none of ${missing.slice(0, NAMED).join(', ')}${rest}`);
  }
  return manifests;
}

/** That every month is what it says, and goes on from the one before. */
function requireChain(jobs: OpenedJobs, steps: readonly Done[]): void {
  let previous: StepManifest | undefined;
  for (const { step: planned, manifest } of steps) {
    const where = joinPlace(jobs.folder(planned), MANIFEST);
    const { symbol, month } = planned;
    requireStep(
      manifest,
      { symbol, month, configuration: jobs.list.config.digest, engineVersion: ENGINE_VERSION },
      where,
    );
    const { step, digestFrom, schemaId } = manifest;
    if (keyOfManifest(manifest, step) !== step.key)
      fail('state', where, 'a manifest as build wrote it', 'a changed one');
    const expected = filesOf(planned).map(({ path, bytes }) => `${path} (${bytes} bytes)`);
    const read = manifest.inputs.map(({ path, bytes }) => `${path} (${bytes} bytes)`);
    const at = Math.max(
      0,
      expected.findIndex((file, i) => file !== read[i]),
    );
    if (expected.length !== read.length || expected[at] !== read[at])
      fail('state', where, `rows of ${expected[at] ?? 'no more files'}`, `of ${read[at] ?? 'no more files'}`);
    const digestBefore = previous === undefined ? NO_ROWS : previous.digest;
    if (step.before !== (previous?.step.key ?? null) || digestFrom !== digestBefore)
      fail(
        'state',
        where,
        `${stepName(planned)} to go on from ${previous?.step.month ?? 'nothing'} as it is`,
        'another beginning',
      );
    if (previous !== undefined && previous.schemaId !== schemaId)
      fail('state', where, `schema ${previous.schemaId}`, `schema ${schemaId}`);
    previous = manifest;
  }
}

/** That the rows have the digest that their manifest says. */
async function requireDigest(
  places: Places,
  jobs: OpenedJobs,
  { step, manifest }: Done,
  signal: AbortSignal | undefined,
): Promise<void> {
  const scratch = mkdtempSync(join(tmpdir(), 'minotaur-merge-'));
  try {
    const where = joinPlace(jobs.folder(step), ROWS);
    const file = await places.local(where, scratch);
    const digest = createRowDigest(nodeHashing, Buffer.from(manifest.digestFrom, 'hex'));
    for await (const rows of readRows({ file, manifest }, manifest.columns)) {
      digest.add(rows);
      signal?.throwIfAborted();
    }
    if (digest.hex() !== manifest.digest) fail('state', where, `rows with the digest ${manifest.digest}`, digest.hex());
  } finally {
    rmSync(scratch, { recursive: true, force: true });
  }
}

function merged(symbol: string, steps: readonly { step: Step; manifest: StepManifest }[]): MergedSymbol {
  const last = steps[steps.length - 1].manifest;
  const sum = (key: 'rows' | 'readyRows' | 'completeRows'): number =>
    steps.reduce((total, { manifest }) => total + manifest.counts[key], 0);
  return {
    symbol,
    schemaId: last.schemaId,
    trades: last.counts.trades,
    rows: sum('rows'),
    readyRows: sum('readyRows'),
    completeRows: sum('completeRows'),
    digest: last.digest,
    months: steps.map(({ step: planned, manifest: { counts, digest, step } }) => ({
      month: planned.month,
      folder: stepFolder(planned),
      rows: counts.rows,
      key: step.key,
      digest,
    })),
  };
}
