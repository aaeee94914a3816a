/** What a trial trains: the section `model` of the configuration, with what was chosen in place of what stands there. */
import { fail } from 'minotaur-core/internal/base/errors';
import type { ModelConfig } from 'minotaur-core/internal/model/section';
import type { Point, Space } from 'minotaur-core/internal/tune/space';
import { SPACES } from 'minotaur-core/internal/tune/spaces';
import { settingsIn } from '../learning/model-settings.ts';

/** The space of a kind of model. @throws where there is none of that kind */
export function spaceOf(kind: string): Space {
  return SPACES[kind] ?? fail('config', '--model', `one of ${Object.keys(SPACES).join(', ')}`, kind);
}

/** The settings of `configured`, as `train` takes them for this kind, with those of `point`. */
export function settingsOf(kind: string, configured: ModelConfig, point: Point): ModelConfig {
  return settingsIn(configured, { model: kind, ...point }, 'model of a trial');
}

/** Refuses a space with a parameter that the kind has not, or a bound that it does not take, before there is a study. */
export function requireTaken(kind: string, configured: ModelConfig, space: Space): void {
  for (const [name, dimension] of Object.entries(space)) {
    const ends = dimension.kind === 'choice' ? dimension.choices : [dimension.low, dimension.high];
    for (const value of ends) settingsOf(kind, configured, { [name]: value });
  }
}

/**
 * The same as it is trained in a fold: one model, by a seed of its own, and not calibrated. Ranks and trades of a fold do not depend on a
 * rising function of the scores, and a trial whose scores do not rise with the label has to be scored, not refused.
 */
export function settingsOfFold(settings: ModelConfig, seed: number): ModelConfig {
  const own = { ...settings, calibration: 'none' as const };
  return 'seed' in own ? { ...own, ensemble: 1, seed: own.seed + seed } : own;
}
