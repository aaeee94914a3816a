/**
 * One chain over files into an output directory: what `build` and `replay` share. They differ in one thing: build hands the
 * engine blocks as they come from the reader, replay one event at a time.
 */
import { readFile } from 'node:fs/promises';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fail } from 'minotaur-core/internal/base/errors';
import { openOutputDirectory } from '../files/atomic.ts';
import { createJournal } from '../journal/writer.ts';
import type { Recorder } from 'minotaur-core/internal/live/record';
import { recordEngine, type RecordedEngine } from 'minotaur-core/internal/live/recording';
import type { Engine, EngineSinks } from 'minotaur-core/internal/chain/contract';
import { createEngine } from '../runtime/engine.ts';
import { portable } from 'minotaur-core/internal/config/portable';
import { nodeHashing } from '../runtime/hashing.ts';
import { createRowDigest } from 'minotaur-core/internal/rows/digest';
import { feedBars, feedTrades, type Place } from './feeds.ts';
import { positionsAfter } from './inputs.ts';
import type { ChainRunOptions } from './chain-options.ts';
import { createLivePredictions, type LivePredictions } from './live-predictions.ts';
import type { Manifest } from './manifest.ts';
import { createOutputs, OUTPUT_NAMES, type Outputs } from './outputs.ts';
import { decodeState, encodeState } from './state-file.ts';
import { ENGINE_VERSION } from 'minotaur-core/internal/base/version';
import { createWarmupAccount, type WarmupAccount } from './warmup.ts';

/** Runs a chain and leaves rows, bars, state and manifest in `out`; on any failure leaves what was there before. */
export async function runChain(options: ChainRunOptions): Promise<Manifest> {
  const started = performance.now();
  const state = options.from === undefined ? undefined : decodeState(await readState(options.from), options.from);
  const digest = createRowDigest(nodeHashing);
  const directory = openOutputDirectory(options.out, OUTPUT_NAMES);
  // Where the event stands that is being pushed, for the account of what was wrong with it.
  const current: { place: Place } = { place: (row) => `trade ${row + 1}` };
  let outputs: Outputs | undefined;
  let predictions: LivePredictions | undefined;
  let warmup: WarmupAccount;
  try {
    const sinks: EngineSinks = {
      onRows(rows) {
        digest.add(rows);
        warmup.addRows(rows);
        outputs?.addRows(rows);
        predictions?.addRows(rows);
      },
      onBars(bars) {
        warmup.addBars(bars);
        outputs?.addBars(bars);
      },
      onNotice: (notice) => outputs?.addProblem(current.place(notice.row), notice),
    };
    const { engine, journal } = createChain(options, sinks);
    if (state !== undefined) engine.restore(state.snapshot, state.predictor);
    const before = engine.counts();
    warmup = createWarmupAccount(engine.plan, before);
    outputs = createOutputs(directory.path, engine.plan);
    predictions = await createLivePredictions(
      options,
      engine.plan,
      directory.path,
      state?.predictor,
      journal?.prediction,
    );
    const settle = async (): Promise<void> => predictions?.settle();
    const feed = options.bars === undefined ? feedTrades : feedBars;
    const seen = state?.inputs ?? [];
    const { inputs, rows } = await feed({ engine, options, seen, current, settle });
    const inputPositions = positionsAfter(seen, inputs, rows);
    outputs.finish();
    const predicted = predictions?.finish();
    const predictor = predictions?.snapshot();
    const snapshot = engine.snapshot(predictor);
    writeFileSync(join(directory.path, 'state.bin'), encodeState({ inputs: inputPositions, snapshot, predictor }));
    journal?.stop();
    const counts = engine.counts();
    const manifest: Manifest = {
      schemaId: engine.schema.id,
      engineVersion: ENGINE_VERSION,
      config: portable(options.config),
      inputs,
      counts: { ...counts, rows: counts.rows - before.rows, readyRows: warmup.readyRows },
      warmup: warmup.report(),
      columns: engine.columns,
      digest: digest.hex(),
      ...(predicted === undefined ? {} : { predictions: predicted }),
      seconds: (performance.now() - started) / 1000,
      peakRssBytes: process.resourceUsage().maxRSS * 1024,
    };
    writeFileSync(join(directory.path, 'manifest.json'), `${JSON.stringify(manifest, null, 2)}\n`);
    directory.commit();
    return manifest;
  } catch (error) {
    outputs?.abort();
    directory.abort();
    throw asWriteError(error, options.out);
  } finally {
    await predictions?.abort();
  }
}

/** The chain of a run; with a journal, the same chain with a recorder around it, as a live session has one. */
function createChain(
  { config, journal: path }: ChainRunOptions,
  sinks: EngineSinks,
): { engine: Engine & Pick<RecordedEngine, 'snapshot' | 'restore'>; journal?: Recorder } {
  if (path === undefined) return { engine: createEngine(config, sinks) };
  const journal = createJournal(path);
  return { engine: recordEngine(journal, (recording) => createEngine(config, bothSinks(recording, sinks))), journal };
}

function bothSinks(first: EngineSinks, second: EngineSinks): EngineSinks {
  return {
    ...second,
    onRows(rows) {
      first.onRows?.(rows);
      second.onRows?.(rows);
    },
  };
}

async function readState(path: string): Promise<Uint8Array> {
  try {
    return await readFile(path);
  } catch (error) {
    fail('input', '--from', 'a state.bin that can be read', error instanceof Error ? error.message : String(error));
  }
}

/** A full disk may show at any write; say it as what it is. */
function asWriteError(error: unknown, out: string): unknown {
  const code = (error as NodeJS.ErrnoException).code;
  if (code !== 'ENOSPC' && code !== 'EDQUOT') return error;
  try {
    fail('input', out, 'a place that can be written, with room enough', `a full disk (${code})`);
  } catch (told) {
    return told;
  }
}
