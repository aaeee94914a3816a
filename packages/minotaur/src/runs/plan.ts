/** The plan of a chain: its clocks, columns and graphs of operators, for pages that draw them. */
import { createPlan, type Plan } from 'minotaur-core/internal/chain/plan';
import { resolveConfig, type ConfigArgument } from '../files/config-file.ts';
import { planOfManifest, readManifest } from '../store/manifest.ts';

/** The plan of a configuration. */
export async function planOfConfig(config: ConfigArgument): Promise<Plan> {
  return createPlan((await resolveConfig(config)).config);
}

/** The plan of the rows in a directory; undefined where it cannot be had again: own operators, another version. */
export function planOfRows(directory: string): Plan | undefined {
  return planOfManifest(readManifest(directory));
}
