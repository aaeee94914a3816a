/** A training in a thread of its own: a step keeps its thread busy until it is done, and whoever waits for it wants to go on. */
import { createHash } from 'node:crypto';
import { existsSync } from 'node:fs';
import { MinotaurError } from 'minotaur-core/internal/base/errors';
import type { NetworkConfig } from 'minotaur-core/internal/model/network-section';
import { ENGINE_VERSION } from 'minotaur-core/internal/base/version';
import { runInWorker, type Caller, type Watch } from '../../node/worker.ts';
import type { ModelIdentity } from '../../store/model.ts';
import { readCheckpoint, writeCheckpoint, type TrainingIdentity } from './checkpoint.ts';
import { runLoop, stepsOf, type Ending, type LoopWatch } from './loop.ts';
import { openNetwork } from './network.ts';
import type { TrainingData } from './sequences.ts';
import { openProgram, runtimeVersion, type SessionOptions } from './session.ts';
import { beginning, bestOf, type EpochFigures, type LoopState } from './state.ts';

/**
 * Whether a training goes on from the checkpoint that there is: true, and one of another training is refused; `same`, and it
 * goes on from one of this very training, and else begins anew.
 */
type Resume = boolean | 'same';

/** A training, as it is sent to a thread. */
export interface TrainingTask extends SessionOptions {
  readonly settings: NetworkConfig;
  /** The values are shared between threads, not sent. */
  readonly data: TrainingData;
  /** Of the values of a row. */
  readonly columns: readonly string[];
  /** What the model belongs to. */
  readonly model: ModelIdentity;
  /** What the data are of, by name. */
  readonly of: TrainingIdentity;
  /** Where the training is kept, and after how many steps each time. */
  readonly checkpoint: { readonly path: string; readonly every: number };
  readonly resume: Resume;
}

/** How far a training is. */
export type TrainingNote =
  | { readonly kind: 'begin'; readonly step: number; readonly steps: number }
  | { readonly kind: 'step'; readonly step: number }
  | { readonly kind: 'epoch'; readonly figures: EpochFigures };

/** What a training left. */
export interface TrainingReply {
  /** The model, as a file. */
  readonly onnx: Uint8Array;
  readonly curve: readonly EpochFigures[];
  /** Whose weights the model has. */
  readonly bestEpoch: number;
  readonly ending: Ending;
  /** Steps in all. */
  readonly steps: number;
  /** Numbers that were learned. */
  readonly parameters: number;
  /** The step of the checkpoint that it went on from; 0: from the beginning. */
  readonly from: number;
}

/** Steps are told of so often at most, milliseconds. */
const TELL_MS = 100;

/** Trains a network, from its checkpoint or from the beginning, and makes the file of the model. */
export function trainApart(task: TrainingTask, watch: Watch<TrainingNote>): Promise<TrainingReply> {
  return runInWorker(import.meta.url, { trainInThread }, task, watch);
}

/** What the thread does; found by name. @public */
export async function trainInThread(task: TrainingTask, caller: Caller<TrainingNote>): Promise<TrainingReply> {
  const { settings, data } = task;
  const network = await openNetwork(settings, data);
  const { program } = network;
  const identity = await identityOf(task, program.step);
  const state = beginning(program, settings.seed);
  goOn(task, identity, state);
  const from = state.place.step;
  const size = settings.batch;
  caller.tell({ kind: 'begin', step: from, steps: stepsOf(data, size) * settings.epochs });
  const session = await openProgram(program, data, size, task);
  try {
    const watch = watchOf(task, caller, identity);
    const ending = await runLoop({ program, session, data, columns: task.columns, settings, watch }, state);
    const { curve, step } = state.place;
    return {
      onnx: network.exported(state.best, task.model),
      curve,
      bestEpoch: bestOf(curve),
      ending,
      steps: step,
      parameters: program.size,
      from,
    };
  } finally {
    await session.close();
  }
}

/** Brings a training that begins to where its checkpoint left it. */
function goOn({ resume, checkpoint: { path } }: TrainingTask, identity: TrainingIdentity, state: LoopState): void {
  if (resume === false || !existsSync(path)) return;
  try {
    readCheckpoint(path, identity, state);
  } catch (error) {
    if (resume === true || !(error instanceof MinotaurError)) throw error;
  }
}

function watchOf({ checkpoint }: TrainingTask, caller: Caller<TrainingNote>, identity: TrainingIdentity): LoopWatch {
  let kept = 0;
  let told = -Infinity;
  return {
    signal: caller.signal,
    every: checkpoint.every,
    keep(state: LoopState) {
      writeCheckpoint(checkpoint.path, identity, state);
      kept = state.place.step;
    },
    left: () => (kept === 0 ? 'no checkpoint was written' : `the checkpoint of step ${kept} is left`),
    onStep(step) {
      if (performance.now() - told < TELL_MS) return;
      told = performance.now();
      caller.tell({ kind: 'step', step });
    },
    onEpoch: (figures) => caller.tell({ kind: 'epoch', figures }),
  };
}

/** Whatever changes a bit of the training. What is learned behind it, and where a module lies, does not. */
async function identityOf({ settings, of, device }: TrainingTask, program: Uint8Array): Promise<TrainingIdentity> {
  const own = Object.entries(settings).filter(([key]) => !['calibration', 'threshold', 'path'].includes(key));
  return {
    ...Object.fromEntries(own.map(([key, value]) => [`model.${key}`, value])),
    ...of,
    program: createHash('sha256').update(program).digest('hex'),
    minotaur: ENGINE_VERSION,
    onnxruntime: await runtimeVersion(),
    device,
  };
}
