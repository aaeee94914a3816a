/** Configurations as the command line takes them: the name of a preset, a YAML or JSON file, or a module. */
import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { extname, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { parseDocument } from 'yaml';
import { fail } from 'minotaur-core/internal/base/errors';
import { nearest } from 'minotaur-core/internal/base/nearest';
import { parseConfig, type Config, type ConfigInput } from 'minotaur-core/internal/config/config';
import { presets } from 'minotaur-core/internal/config/presets';
import type { ConfigSource } from '../verify/harness/check.ts';
import { watchLoading, type Loading } from '../verify/watch/loading.ts';

export interface LoadedConfig {
  readonly config: Config;
  /** How another process gets the same. */
  readonly source: ConfigSource;
  /** What it asked while it loaded, where it is a module that was watched. */
  readonly loading?: Loading;
}

const MODULES: ReadonlySet<string> = new Set(['.ts', '.mts', '.js', '.mjs']);

/** Loads a configuration; `watched`, if it is a module, under the watch of `verify`. */
export async function loadConfig(argument: string, { watched = false } = {}): Promise<LoadedConfig> {
  if (presets[argument] !== undefined) {
    return { config: parseConfig(argument), source: { kind: 'value', value: argument } };
  }
  const path = resolve(argument);
  if (!existsSync(path)) {
    const known = Object.keys(presets);
    fail('config', '--config', `a preset (${known.join(', ')}) or a file`, `'${argument}'${nearest(argument, known)}`);
  }
  if (MODULES.has(extname(path))) return loadModule(path, argument, watched);
  const value = parseText(await readFile(path, 'utf8'), argument);
  return { config: parseConfig(value, argument), source: { kind: 'value', value } };
}

interface ConfigModule {
  readonly default?: ConfigInput;
}

async function loadModule(path: string, name: string, watched: boolean): Promise<LoadedConfig> {
  const load = async (): Promise<ConfigModule> => (await import(pathToFileURL(path).href)) as ConfigModule;
  let module: ConfigModule;
  let loading: Loading | undefined;
  try {
    if (watched) ({ value: module, loading } = await watchLoading(load));
    else module = await load();
  } catch (error) {
    fail('config', name, 'a module that loads', error instanceof Error ? error.message : String(error));
  }
  if (module.default === undefined) fail('config', name, 'a default export that is the configuration', 'none');
  const config = parseConfig(module.default, name);
  return { config, source: { kind: 'module', path }, ...(loading && { loading }) };
}

/** YAML, of which JSON is a part. */
function parseText(text: string, name: string): ConfigInput {
  const document = parseDocument(text);
  const [error] = document.errors;
  if (error !== undefined) {
    const at = error.linePos?.[0];
    fail(
      'config',
      at === undefined ? name : `${name}, line ${at.line}, column ${at.col}`,
      'YAML or JSON',
      error.message.split('\n')[0],
    );
  }
  const value: unknown = document.toJS();
  if (typeof value !== 'object' || value === null || Array.isArray(value))
    fail('config', name, 'a mapping of settings', typeof value);
  return value as ConfigInput;
}
