/** Networks: rows read once, trained in a thread of their own, gone on with where a run was interrupted. */
import { createHash } from 'node:crypto';
import { rmSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import { callback, choice, amount, type Optional } from 'minotaur-core/internal/base/options';
import { UNKNOWN_IMPORTANCES } from 'minotaur-core/internal/artefact/artefact';
import { fail } from 'minotaur-core/internal/base/errors';
import type { NetworkConfig } from 'minotaur-core/internal/model/network-section';
import { checkpointPath, checkpointStep, type TrainingIdentity } from '../../learn/loop/checkpoint.ts';
import type { Ending } from '../../learn/loop/loop.ts';
import type { Samples } from '../../learn/loop/sequences.ts';
import type { Device } from '../../learn/loop/session.ts';
import type { EpochFigures } from '../../learn/loop/state.ts';
import { trainApart, type TrainingNote, type TrainingReply, type TrainingTask } from '../../learn/loop/thread.ts';
import { ensembleOf } from '../../onnx/export/ensemble.ts';
import { createCourse, type RunOptions } from '../course/options.ts';
import { readSequenceRows, sequenceAt, type SequenceRows } from './sequence-rows.ts';
import type { LearningRows, TrainedModel } from './trained-model.ts';

/** What only networks take of `train`. */
export interface NetworkOptions {
  /** Threads of a step; those of the machine where absent. The bits do not depend on them. */
  readonly threads?: number | undefined;
  /**
   * Goes on from the checkpoint that an interrupted run left beside the model, from the beginning where it left none. One of
   * another training is refused; with `same` it is begun anew.
   */
  readonly resume?: boolean | 'same' | undefined;
  /** Steps from one checkpoint to the next; 500 where absent. */
  readonly checkpoint?: number | undefined;
  /** Where steps are done; `cuda` where the installation of onnxruntime-node has it. The processor where absent. */
  readonly device?: Device | undefined;
  /** Told of every epoch; `stop` ends the run, which rejects with a {@link TrainingStopped}. */
  readonly onEpoch?: ((epoch: EpochFigures) => 'go on' | 'stop') | undefined;
}

export const NETWORK: Optional<NetworkOptions> = {
  threads: amount,
  resume: choice([true, false, 'same']),
  checkpoint: amount,
  device: choice(['cpu', 'cuda']),
  onEpoch: callback,
};

/** How a network was trained. */
export interface TrainingReport {
  /** Epoch by epoch. */
  readonly curve: readonly EpochFigures[];
  /** Whose weights the model has: the epoch of the least validation loss. */
  readonly bestEpoch: number;
  /** Whether validation had not got better for so long, or all epochs were done. */
  readonly ending: Ending;
  /** Steps in all. */
  readonly steps: number;
  /** Numbers that were learned. */
  readonly parameters: number;
  /** The step of the checkpoint that it went on from; 0: from the beginning. */
  readonly from: number;
  /** Threads of a step. */
  readonly threads: number;
  /** Where steps were done. */
  readonly device: Device;
  /** Of the matrix of rows that all sequences are copied from, float32. */
  readonly matrixBytes: number;
  /** Of an ensemble: its other members, in the order of their seeds. What stands above is of the first. */
  readonly others: readonly MemberReport[];
}

/** How a member of an ensemble was trained. */
export type MemberReport = Omit<TrainingReply, 'onnx' | 'parameters'>;

export interface TrainedNetwork extends TrainedModel {
  readonly training: TrainingReport;
}

/** A training that whoever was told of its epochs has ended; model, artefact and everything else are as they were. */
export class TrainingStopped extends Error {
  /** The last epoch. */
  readonly epoch: number;

  constructor(epoch: number) {
    super(`training was stopped after epoch ${epoch}`);
    this.name = 'TrainingStopped';
    this.epoch = epoch;
  }
}

type NetworkRun = RunOptions &
  NetworkOptions & {
    readonly out: string;
    readonly fold?: number | undefined;
    /** Digest of the file of a network of one's own. */
    readonly module: string | undefined;
  };

const CHECKPOINT_STEPS = 500;

/** Every member of an ensemble has a checkpoint of its own, so that those that are done are not trained again. */
const memberPath = (model: string, member: number): string => (member === 0 ? model : `${model}.${member}`);

/** Refuses to begin anew where an interrupted run could be gone on with. */
export function requireNoCheckpoint(model: string, resume: NetworkOptions['resume']): void {
  const path = checkpointPath(model);
  const step = resume === undefined || resume === false ? checkpointStep(path) : undefined;
  if (step === undefined) return;
  fail(
    'state',
    path,
    `--resume, which goes on from step ${step} of an interrupted training, or no such file`,
    'a checkpoint',
  );
}

/** Removes what an interrupted run would have gone on from. */
export function removeCheckpoints(model: string, { ensemble }: NetworkConfig): void {
  for (let member = 0; member < ensemble; member++) rmSync(checkpointPath(memberPath(model, member)), { force: true });
}

/** Trains what the section says, and writes it as ONNX; checkpoints are left until the model is in its place. */
export async function trainNetwork(
  settings: NetworkConfig,
  data: LearningRows,
  run: NetworkRun,
): Promise<TrainedNetwork> {
  requireBothLabels(data);
  const rows = await readSequenceRows(data, run);
  const { values, width, length, train, validation } = rows;
  const [threads, device] = [run.threads ?? availableParallelism(), run.device ?? 'cpu'];
  const of = { ...identityOf(data, rows, run.fold ?? 0), module: run.module ?? null };
  const members: TrainingReply[] = [];
  for (let member = 0; member < settings.ensemble; member++) {
    const path = checkpointPath(memberPath(run.out, member));
    const task = {
      settings: { ...settings, seed: settings.seed + member },
      data: { values, width, length, train, validation },
      columns: rows.columns,
      model: data.identity,
      of,
      checkpoint: { path, every: run.checkpoint ?? CHECKPOINT_STEPS },
      resume: run.resume ?? false,
      threads,
      device,
    };
    members.push(await inThread(run, task));
  }
  const [{ onnx: _, ...figures }, ...others] = members;
  return {
    onnx: ensembleOf(members.map(({ onnx }) => onnx)),
    importances: UNKNOWN_IMPORTANCES,
    validation: (row) => sequenceAt(rows, validation.ends[row]),
    training: {
      ...figures,
      threads,
      device,
      matrixBytes: values.byteLength,
      others: others.map(({ curve, bestEpoch, ending, steps, from }) => ({ curve, bestEpoch, ending, steps, from })),
    },
  };
}

/** Runs the training in its thread, and hands on what it tells. */
async function inThread(run: NetworkRun, task: TrainingTask): Promise<TrainingReply> {
  const stop = new AbortController();
  const signal = run.signal === undefined ? stop.signal : AbortSignal.any([run.signal, stop.signal]);
  let tell: (step: number) => void = () => {};
  const hear = (note: TrainingNote): void => {
    if (note.kind === 'begin') tell = tellSteps(run, note.steps);
    if (note.kind !== 'epoch') return tell(note.step);
    if (stop.signal.aborted) return; // told of no epoch after the one that ended it
    if (run.onEpoch?.(note.figures) === 'stop') stop.abort(new TrainingStopped(note.figures.epoch));
  };
  const onNote = (note: TrainingNote): void => {
    try {
      hear(note);
    } catch (error) {
      // Whoever listens has failed: the thread is not to go on to its end.
      stop.abort(error);
    }
  };
  try {
    return await trainApart(task, { signal, onNote });
  } catch (error) {
    if (error instanceof TrainingStopped) removeCheckpoints(run.out, task.settings);
    throw error;
  }
}

/** Progress in steps of all epochs: what validation ends earlier is done earlier. */
function tellSteps({ onProgress }: RunOptions, total: number): (step: number) => void {
  const course = createCourse({ onProgress }, { step: 'train', unit: 'steps', total });
  let done = 0;
  return (step) => {
    course.tell(step - done);
    done = step;
  };
}

/** One label alone teaches nothing, and no calibration either. */
function requireBothLabels({ targets, ends }: LearningRows): void {
  for (const [split, own] of Object.entries(ends)) {
    const positive = own.reduce((sum, end) => sum + targets.label[end], 0);
    if (positive > 0 && positive < own.length) continue;
    fail(
      'input',
      `train, ${split} rows`,
      'labels of both classes',
      `${own.length} rows of label ${positive > 0 ? 1 : 0}`,
    );
  }
}

/** What the data of a training are of. */
function identityOf(
  { rows, identity }: LearningRows,
  { train, validation }: SequenceRows,
  fold: number,
): TrainingIdentity {
  const digest = (of: (samples: Samples) => Int32Array | Float32Array | undefined): string => {
    const hash = createHash('sha256');
    for (const list of [of(train), of(validation)])
      if (list !== undefined) hash.update(new Uint8Array(list.buffer, list.byteOffset, list.byteLength));
    return hash.digest('hex');
  };
  return {
    artefact: identity.artefactDigest,
    rows: rows.parts.map(({ manifest }) => manifest.digest).join(' '),
    fold,
    splits: digest(({ ends }) => ends),
    labels: digest(({ labels }) => labels),
    weights: digest((samples) => samples.weights),
  };
}
