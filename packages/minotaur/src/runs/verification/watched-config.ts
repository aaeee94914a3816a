/** Configurations whose module is watched while it loads: what it takes or reads then is seen by no check of the chain. */
import { loadConfig, resolveConfig, type ConfigArgument, type LoadedConfig } from '../../files/config-file.ts';
import { watchLoading, type LoadedInput, type Loading } from '../../verify/watch/loading.ts';

/** A configuration, and what its module did while it loaded. */
export interface WatchedConfig extends LoadedConfig {
  /** Absent where there is no module, or nobody watched. */
  readonly loading?: Loading;
  /** The code that was loaded for it; absent where there is no module, or nobody watched. */
  readonly code?: readonly LoadedInput[];
}

/**
 * Loads a configuration as `loadConfig` does; a module under the watch of `verify`.
 * @throws {MinotaurError} of kind `config` that says which key, and what was expected there
 */
export async function loadWatchedConfig(argument: string): Promise<WatchedConfig> {
  let seen: Pick<WatchedConfig, 'loading' | 'code'> = {};
  const loaded = await loadConfig(argument, async (url) => {
    const watched = await watchLoading(() => import(url) as Promise<unknown>);
    const { value, ...rest } = watched;
    seen = rest;
    return value;
  });
  return { ...loaded, ...seen };
}

/** The configuration that a run was handed, loaded under watch where it was only named. */
export async function resolveWatched(argument: ConfigArgument | WatchedConfig): Promise<WatchedConfig> {
  return typeof argument === 'string' ? loadWatchedConfig(argument) : resolveConfig(argument);
}
