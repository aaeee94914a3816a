/** What a trial trains: the section `model` of the configuration, with what was chosen in place of what stands there. */
import { refuseConfig } from 'minotaur-core/internal/config/refusal';
import { fail } from 'minotaur-core/internal/base/errors';
import { modelSection, type ModelConfig } from 'minotaur-core/internal/model/section';
import type { Point, Space } from 'minotaur-core/internal/tune/space';
import { SPACES } from 'minotaur-core/internal/tune/spaces';

/** The space of a kind of model. @throws where there is none of that kind */
export function spaceOf(kind: string): Space {
  return SPACES[kind] ?? fail('config', '--model', `one of ${Object.keys(SPACES).join(', ')}`, kind);
}

/** The settings of `configured`, where they are of this kind, with those of `point`; what neither says is by default. */
export function settingsOf(kind: string, configured: ModelConfig, point: Point): ModelConfig {
  const input = { ...(configured.kind === kind ? configured : { kind }), ...point };
  const result = modelSection.safeParse(input);
  if (!result.success) refuseConfig(result.error.issues, input, 'model of the trial');
  return result.data;
}

/**
 * The same as it is trained in a fold: one model, by a seed of its own, and not calibrated. Ranks and trades of a fold do not depend on a
 * rising function of the scores, and a trial whose scores do not rise with the label has to be scored, not refused.
 */
export function settingsOfFold(settings: ModelConfig, seed: number): ModelConfig {
  const own = { ...settings, calibration: 'none' as const };
  return 'seed' in own ? { ...own, ensemble: 1, seed: own.seed + seed } : own;
}
