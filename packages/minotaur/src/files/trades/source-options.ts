/** How a configuration has trades read. */
import { zoneOffset } from '../csv/local-time.ts';
import type { Config } from 'minotaur-core/internal/config/config';
import { instrumentInputOf } from 'minotaur-core/internal/trades/instrument';
import type { InputOptions } from '../csv/layout.ts';

/** Its section `input` and that of the instrument, what it says of its instrument, and whether files are to be sorted. */
export type SourceOptions = Config['input'] & Pick<InputOptions, 'instrument' | 'accept' | 'sort' | 'late'>;

/** The options of `config` for files of trades of its instrument; `of` says which of several. */
export function sourceOptions(
  config: Pick<Config, 'input' | 'symbol' | 'instruments' | 'trades'>,
  of?: string,
): SourceOptions {
  const { sort, reorder } = config.trades;
  const { input, ...instrument } = instrumentInputOf(config, of) ?? {};
  const reading = { ...config.input, ...input };
  // Also where no time of the file needs it: a zone that there is none of is a mistake all the same.
  if (reading.zone !== undefined) zoneOffset(reading.zone);
  return { ...reading, instrument, sort, late: reorder !== undefined };
}
