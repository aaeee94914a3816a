/** Dimensions as Optuna writes its distributions, text for text. */
import { stepOf, type Dimension } from 'minotaur-core/internal/tune/space';

export function distributionJson(dimension: Dimension): string {
  if (dimension.kind === 'choice')
    return JSON.stringify({ name: 'CategoricalDistribution', attributes: { choices: dimension.choices } });
  const { low, high, log = false } = dimension;
  const step = stepOf(dimension);
  return dimension.kind === 'int'
    ? JSON.stringify({ name: 'IntDistribution', attributes: { log, step, low, high } })
    : JSON.stringify({ name: 'FloatDistribution', attributes: { step: step === 0 ? null : step, low, high, log } });
}
