/** The scalars of a training step, which depend on nothing but its number. */
import { cos } from 'minotaur-core/internal/base/elementary/index';
import type { NetworkConfig } from 'minotaur-core/internal/model/network-section';

/** What AdamW is defined with (Kingma and Ba 2015). */
export const BETA1 = 0.9;
export const BETA2 = 0.999;

/** What a step is done with. */
export type ScheduleSettings = Pick<NetworkConfig, 'learningRate' | 'weightDecay' | 'warmup' | 'schedule' | 'emaDecay'>;

/**
 * The learning rate of step t, counted from 1, of T: lr t / W up to step W = ceil(warmup T), then lr, or by the cosine
 * lr (1 + cos(pi (t - W) / (T - W))) / 2, which is 0 at the last step (Loshchilov and Hutter 2017).
 */
export function learningRateAt(
  { learningRate, warmup, schedule }: ScheduleSettings,
  step: number,
  steps: number,
): number {
  const rising = Math.ceil(warmup * steps);
  if (step <= rising) return (learningRate * step) / rising;
  if (schedule === 'constant') return learningRate;
  return (learningRate * (1 + cos((Math.PI * (step - rising)) / (steps - rising)))) / 2;
}

/** base^n by squaring: multiplications alone, the same bits everywhere. */
function power(base: number, n: number): number {
  let result = 1;
  let square = base;
  for (let rest = n; rest > 0; rest = Math.floor(rest / 2)) {
    if (rest % 2 === 1) result *= square;
    square *= square;
  }
  return result;
}

/**
 * `h` of the step graph, at step t from 1: learning rate, weight decay, 1 / (1 - beta1^t), 1 / sqrt(1 - beta2^t), and the decay
 * of the mean of weights, which is at most (1 + t) / (10 + t), so that a short training is not judged by what it began with.
 */
export function scalarsAt(settings: ScheduleSettings, step: number, steps: number, h: Float32Array): void {
  h[0] = learningRateAt(settings, step, steps);
  h[1] = settings.weightDecay;
  h[2] = 1 / (1 - power(BETA1, step));
  h[3] = 1 / Math.sqrt(1 - power(BETA2, step));
  h[4] = Math.min(settings.emaDecay, (1 + step) / (10 + step));
}
