/** `check`: the laws over the operators that a configuration brings along, on generated columns. */
import { amount, optionsOf, requireKind, whole } from 'minotaur-core/internal/base/options';
import { configArgument } from '../../files/config-file.ts';
import { checkConfig, type ConfigReport } from '../../verify/testing/check-config.ts';
import type { ConfigArgument } from '../../files/config-file.ts';
import { beginRun, createCourse, type RunOptions, RUN } from '../course/options.ts';
import { resolveWatched } from './watched-config.ts';

/** What `check` takes. */
export interface CheckOptions extends RunOptions {
  /** A module with operators of its own, by path, or what was loaded of it. */
  readonly config: ConfigArgument;
  /** Samples per law; as many as for a single operator where absent. */
  readonly samples?: number | undefined;
  /** Of what is generated. */
  readonly seed?: number | undefined;
}

const CHECK = optionsOf<CheckOptions>({ config: configArgument }, { ...RUN, samples: amount, seed: whole });

/**
 * Tries every law on every operator of a configuration.
 * @throws {MinotaurError} where it has none
 */
export async function check(options: CheckOptions): Promise<ConfigReport> {
  requireKind('check', CHECK, options);
  beginRun(options);
  const { samples, seed } = options;
  const { config, loading } = await resolveWatched(options.config);
  const { operators } = config;
  const course = createCourse(options, { step: 'check', unit: 'operators', total: operators.length });
  return checkConfig({
    operators,
    ...(loading && { loading }),
    ...(samples !== undefined && { samples }),
    ...(seed !== undefined && { seed }),
    onOperator: () => course.tell(1),
  });
}
