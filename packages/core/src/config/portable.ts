import type { ChainConfig } from '../chain/section.ts';

/** The configuration as JSON can hold it: own operators by name. */
export function portable(config: ChainConfig): unknown {
  const features = Object.fromEntries(
    Object.entries(config.features).map(([clock, list]) => [
      clock,
      list.map((entry) => (typeof entry === 'object' && 'expression' in entry ? entry.text : entry)),
    ]),
  );
  return { ...config, features, operators: config.operators.map((op) => `${op.name} version ${op.version}`) };
}
