/** What validation teaches about a model, whoever trained it: calibration, and the threshold from which it says 1. */
import { calibrate, learnIsotonic, learnPlatt, type Calibration } from '../model/calibrate.ts';
import { bestF1, bestValue, type Threshold } from '../model/threshold.ts';
import type { LabelConfig } from '../labels/section.ts';
import type { ModelConfig } from '../model/section.ts';

export interface LearnedDecision {
  readonly calibration: Calibration | null;
  readonly threshold: Threshold;
}

/** Learned from the model's probabilities of validation rows and their labels, 0 or 1. */
export function learnDecision(
  settings: Pick<ModelConfig, 'calibration' | 'threshold'>,
  label: LabelConfig,
  probabilities: Float64Array,
  y: Float64Array,
): LearnedDecision {
  const learn = { isotonic: learnIsotonic, platt: learnPlatt, none: () => null }[settings.calibration];
  const calibration = learn(probabilities, y);
  const calibrated = calibration === null ? probabilities : probabilities.map((p) => calibrate(calibration, p));
  const { reward, risk } = stakesOf(label);
  const threshold = settings.threshold === 'f1' ? bestF1(calibrated, y) : bestValue(calibrated, y, reward, risk);
  return { calibration, threshold };
}

/** What a hit earns and a miss costs, in the same unit. */
function stakesOf(label: LabelConfig): { reward: number; risk: number } {
  if (label.method === 'fixed') return { reward: label.target, risk: label.stop };
  return label.method === 'atr' ? { reward: 2, risk: 1 } : { reward: 1, risk: 1 };
}
