/** Configurations checked, with every default filled in, and errors that say which key and what was expected. */
import { fail } from '../base/errors.ts';
import { nearest } from '../base/nearest.ts';
import { refuseConfig } from './refusal.ts';
import { configSchema, type Config, type ConfigInput } from './schema.ts';
import { presets } from './presets.ts';

export type { Config, ConfigInput } from './schema.ts';

/** Checks a configuration and fills in its defaults. `where` names it in messages: a path, or `configuration`. */
export function parseConfig(input: ConfigInput | string, where = 'configuration'): Config {
  if (typeof input === 'string') {
    const names = Object.keys(presets);
    if (!names.includes(input))
      fail('config', where, `a preset (${names.join(', ')})`, `'${input}'${nearest(input, names)}`);
    return parseConfig(presets[input], where);
  }
  const result = configSchema.safeParse(input, { jitless: true });
  if (!result.success) refuseConfig(result.error.issues, input, where);
  return result.data;
}
