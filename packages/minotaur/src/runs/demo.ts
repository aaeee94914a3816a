/** `demo`: the whole way on simulated trades. */
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { stringify } from 'yaml';
import { callback, amount, optionsOf, requireKind, textual, whole } from 'minotaur-core/internal/base/options';
import { fail } from 'minotaur-core/internal/base/errors';
import { presets } from 'minotaur-core/internal/config/presets';
import { RUN } from './course/options.ts';
import { writeWhole } from '../files/atomic.ts';
import { makeDirectory } from '../node/writing.ts';
import type { RunOptions } from './course/options.ts';
import { simulate } from './simulate.ts';
import { nameFrom, nameHere } from '../store/owner.ts';
import { readRecord } from './whole/record.ts';
import { PLACES } from './whole/steps.ts';
import { run, type WholeRunOptions, type WholeRunReport } from './whole/run.ts';

/** What `demo` takes. */
export interface DemoOptions extends RunOptions, Pick<WholeRunOptions, 'onStep'> {
  /** Trades to simulate. */
  readonly trades: number;
  /** Of the simulation. */
  readonly seed: number;
  /** Directory for everything. */
  readonly out: string;
}

const DEMO = optionsOf<DemoOptions>({ trades: amount, seed: whole, out: textual }, { ...RUN, onStep: callback });

/** What `demo` did. */
export interface DemoReport extends WholeRunReport {
  /** The configuration that it ran; `minotaur run` takes it again. */
  readonly config: string;
}

/** Events that the demo's verification looks at: enough to close bars of every kind, few enough for a minute in all. */
const VERIFIED = 500_000;
/** What it writes, and its run. */
const OWN = ['starter.yaml', 'trades.parquet', ...Object.values(PLACES)];

/**
 * Simulates a market, writes the preset `starter` for it, and runs that.
 * @throws {MinotaurError} where the directory is that of a run of another configuration
 */
export async function demo(options: DemoOptions): Promise<DemoReport> {
  requireKind('demo', DEMO, options);
  const { trades, seed, out, onStep, onProgress, signal } = options;
  const config = join(out, 'starter.yaml');
  const { config: whose } = readRecord(out);
  if (whose !== undefined && whose.name !== nameFrom(out, { name: config, folder: out }))
    fail('state', out, 'a directory that is free, or of a demo', `that of ${nameHere(out, whose.name)}`);
  // A demo leaves its record with its first step.
  const there = OWN.filter((name) => whose === undefined && existsSync(join(out, name)));
  if (there.length > 0)
    fail('state', out, 'a directory that is free, or of a demo', `what no run has on record: ${there.join(', ')}`);
  makeDirectory(out);
  await simulate({ trades, seed, out: join(out, 'trades.parquet'), onProgress, signal });
  const text = stringify({ symbol: 'SIM', data: { trades: 'trades.parquet' }, ...presets['starter'] });
  writeWhole(config, `# The preset \`starter\`, on simulated trades: npx minotaur run ${config}\n${text}`);
  return { config, ...(await run({ config, out, force: true, verified: VERIFIED, onStep, onProgress, signal })) };
}
