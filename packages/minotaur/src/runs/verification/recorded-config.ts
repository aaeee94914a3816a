/** The configuration that a journal holds. */
import { fail } from 'minotaur-core/internal/base/errors';
import { parseConfig, type ConfigInput } from 'minotaur-core/internal/config/config';
import type { LoadedConfig } from '../../files/config-file.ts';
import { openJournal } from '../../journal/reader.ts';

/**
 * The configuration of the session that a journal is of.
 * @throws {MinotaurError} of kind `config` where it has operators of its own, of which the journal has the names alone
 */
export function recordedConfig(directory: string): LoadedConfig {
  for (const { header } of openJournal(directory).records()) {
    const { operators = [], ...value } = header.config as ConfigInput;
    if (operators.length > 0)
      fail('config', directory, 'the configuration of the session (--config): it has operators of its own', 'none');
    return { config: parseConfig(value), source: { kind: 'value', value }, name: `the configuration in ${directory}` };
  }
  return fail('input', directory, 'a journal with records', 'none');
}
