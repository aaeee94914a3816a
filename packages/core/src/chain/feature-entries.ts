/** What stands under `features`: expressions, and groups of them by name. */
import { fail } from '../base/errors.ts';
import { nearest } from '../base/nearest.ts';
import { BAR_FEATURES } from '../bars/bar.ts';
import type { Feature } from '../features/contract/expression.ts';
import { groups } from '../features/groups.ts';
import { PAIR_GROUPS, pairFeatures } from '../features/pair-groups.ts';
import type { ClockSource } from './clock-source.ts';
import type { ChainConfig } from './section.ts';

type FeatureEntry = ChainConfig['features'][string][number];

/** The features that an entry under `features.<of>` stands for; of rows, there is no source. */
export function featuresOf(entry: FeatureEntry, of: string, source?: ClockSource): readonly (string | Feature)[] {
  if (typeof entry === 'string' || !('preset' in entry)) return [entry];
  const { preset, ...pair } = entry;
  const where = `features.${of}`;
  if (PAIR_GROUPS.includes(preset)) {
    if (pair.of === undefined || pair.as === undefined)
      fail('config', where, 'of: [a, b] and as: name, as a group of two series needs', `{ preset: ${preset} }`);
    return pairFeatures(preset, { ...pair, of: pair.of, as: pair.as });
  }
  const group = groups[preset];
  if (group === undefined) {
    const known = [...Object.keys(groups), ...PAIR_GROUPS];
    fail('config', where, `a preset (${known.join(', ')})`, `'${preset}'${nearest(preset, known)}`);
  }
  const [other] = Object.keys(pair);
  if (other !== undefined)
    fail('config', where, `nothing beside preset: ${preset}, which is no group of two series`, `'${other}'`);
  return preset === 'bars' && source !== undefined && 'parent' in source ? BAR_FEATURES : group;
}
