/**
 * The training of a network: epoch after epoch, batch after batch, until validation has not got better for a while. It is a
 * function of program, data, settings and seed; from where a checkpoint left it, it goes on with the same bits.
 */
import { setImmediate } from 'node:timers/promises';
import type { NetworkConfig } from 'minotaur-core/internal/model/network-section';
import type { Program } from '../program/contract.ts';
import { fillMasks, orderOf } from './chance.ts';
import { requireFinite } from './non-finite.ts';
import { learningRateAt, scalarsAt, type ScheduleSettings } from './schedule.ts';
import { fillBatch, type TrainingData } from './sequences.ts';
import type { ProgramSession } from './session.ts';
import { bestOf, type EpochFigures, type LoopState, type Vectors } from './state.ts';
import { judge } from './validate.ts';

export type LoopSettings = ScheduleSettings & Pick<NetworkConfig, 'epochs' | 'patience' | 'seed'>;

/** Who watches a training. */
export interface LoopWatch {
  readonly signal?: AbortSignal | undefined;
  /** So many steps are done in all. */
  onStep?(step: number): void;
  /** An epoch is over. */
  onEpoch?(figures: EpochFigures): void;
  /** Steps from one call of `keep` to the next. */
  readonly every: number;
  /** Keeps where the training is. */
  keep(state: LoopState): void;
  /** What there is to go on from, in words. */
  left(): string;
}

export interface Loop {
  readonly program: Pick<Program, 'masks'>;
  readonly session: ProgramSession;
  readonly data: TrainingData;
  /** Names of the values of a row. */
  readonly columns: readonly string[];
  readonly settings: LoopSettings;
  readonly watch: LoopWatch;
}

/** Why a training was over. */
export type Ending = 'patience' | 'epochs';

/** Steps an epoch. */
export function stepsOf({ train }: Pick<TrainingData, 'train'>, batch: number): number {
  return Math.ceil(train.ends.length / batch);
}

/** Trains from `state` on, which is the training as it goes and, at the end, as it was left. */
export async function runLoop(loop: Loop, state: LoopState): Promise<Ending> {
  const { epochs, patience } = loop.settings;
  let spare = emptyLike(state.vectors);
  for (;;) {
    const { curve } = state.place;
    if (curve.length - bestOf(curve) >= patience) return 'patience';
    if (curve.length >= epochs) return 'epochs';
    spare = await runEpoch(loop, state, spare);
  }
}

const emptyLike = ({ p, s }: Vectors): Vectors => {
  const room = (): Float32Array => new Float32Array(p.length);
  return { p: room(), m: room(), v: room(), e: room(), s: new Float32Array(s.length) };
};

/** The rest of an epoch and its judgement; gives back the vectors that are free now. */
async function runEpoch(loop: Loop, state: LoopState, free: Vectors): Promise<Vectors> {
  const { session, data, settings, watch } = loop;
  const { place, best } = state;
  const epoch = place.curve.length;
  const size = session.batch.y.length;
  const steps = stepsOf(data, size);
  const order = orderOf(settings.seed, epoch, data.train.ends.length);
  let spare = free;
  while (place.position < steps) {
    await goesOn(watch);
    await runStep(loop, state, spare, order);
    [state.vectors, spare] = [spare, state.vectors];
    watch.onStep?.(place.step);
    if (place.step % watch.every === 0) watch.keep(state);
  }
  // The mean of weights is judged and kept; running statistics are those of the last step.
  const judged = { p: state.vectors.e, s: state.vectors.s };
  const { loss, auc } = await judge(session, data, judged, () => goesOn(watch));
  const figures: EpochFigures = {
    epoch: epoch + 1,
    trainLoss: place.lossSum / place.weight,
    validationLoss: loss,
    auc,
    gradientNorm: place.normSum / steps,
    learningRate: learningRateAt(settings, place.step, steps * settings.epochs),
  };
  place.curve = [...place.curve, figures];
  Object.assign(place, { position: 0, lossSum: 0, weight: 0, normSum: 0 });
  if (bestOf(place.curve) === figures.epoch) {
    best.p.set(judged.p);
    best.s.set(judged.s);
  }
  watch.onEpoch?.(figures);
  return spare;
}

/** One step, from the vectors of `state` to `to`; nothing of it counts where its loss is no number. */
async function runStep(
  { program, session, data, columns, settings, watch }: Loop,
  state: LoopState,
  to: Vectors,
  order: Int32Array,
): Promise<void> {
  const { place, vectors } = state;
  const { batch, masks, h } = session;
  const size = batch.y.length;
  const from = place.position * size;
  const step = place.step + 1;
  const rows = fillBatch(data, data.train, batch, from, order);
  fillMasks(settings.seed, step, program.masks, masks);
  scalarsAt(settings, step, stepsOf(data, size) * settings.epochs, h);
  const figures = await session.step(vectors, to);
  requireFinite(figures, batch, {
    step,
    epoch: place.curve.length + 1,
    times: Array.from(order.subarray(from, from + rows), (sample) => data.train.times[sample]),
    columns,
    left: watch.left(),
  });
  place.step = step;
  place.position++;
  const weight = batch.w.reduce((sum, own) => sum + own, 0);
  place.lossSum += figures.loss * weight;
  place.weight += weight;
  place.normSum += figures.norm;
}

/** Lets an abort that is on its way arrive, and throws its reason. */
async function goesOn({ signal }: LoopWatch): Promise<void> {
  if (signal === undefined) return;
  await setImmediate();
  signal.throwIfAborted();
}
