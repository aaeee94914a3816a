/** How a configuration has trades read. */
import type { Config } from 'minotaur-core/internal/config/config';
import { instrumentInputOf } from 'minotaur-core/internal/trades/instrument';
import type { InputOptions } from '../csv/layout.ts';

/** Its section `input`, and what it says of its instrument. */
export type SourceOptions = Config['input'] & Pick<InputOptions, 'instrument' | 'accept'>;

/** The options of `config` for files of trades. */
export function sourceOptions(config: Pick<Config, 'input' | 'symbol' | 'instruments'>): SourceOptions {
  return { ...config.input, instrument: instrumentInputOf(config) };
}
