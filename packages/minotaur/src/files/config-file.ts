/** Configurations by name: of a preset, of a YAML or JSON file, or of a module. */
import { existsSync } from 'node:fs';
import { dirname, extname, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { either, type Kind, textual, thing } from 'minotaur-core/internal/base/options';
import { fail } from 'minotaur-core/internal/base/errors';
import { nearest } from 'minotaur-core/internal/base/nearest';
import { parseConfig, type Config, type ConfigInput } from 'minotaur-core/internal/config/config';
import { withAllSettled, withInstrument, type SettledKeys } from 'minotaur-core/internal/trades/instrument';
import { presets } from 'minotaur-core/internal/config/presets';
import { parseText } from './config-text.ts';
import { readText } from './read-text.ts';

/** How another thread or process gets the same configuration. */
export type ConfigSource = {
  /** Of each instrument, what the configuration leaves open; see `settleInstruments`. */
  readonly settled?: readonly SettledKeys[] | undefined;
  /** Its name, where another than the configuration's. */
  readonly instrument?: string | undefined;
} & (
  | {
      /** The configuration itself, as it was written. */
      readonly kind: 'value';
      /** A preset's name, or plain data. */
      readonly value: ConfigInput | string;
    }
  | {
      /** A module that default-exports the configuration: functions do not travel. */
      readonly kind: 'module';
      /** Absolute. */
      readonly path: string;
    }
);

/** A configuration, parsed once. */
export interface LoadedConfig {
  /** Checked, with every default filled in. */
  readonly config: Config;
  /** How another thread or process gets the same. */
  readonly source: ConfigSource;
  /** What it was asked for by: messages and reproducing commands say it. */
  readonly name: string;
  /** Where it lies; absent where it is no file. What its section `data` names is looked for from there on. */
  readonly folder?: string;
}

/** What a run takes: what {@link loadConfig} gave, a configuration as written, a preset's name, or a file. */
export type ConfigArgument = LoadedConfig | ConfigInput | string;

/** Looked into when it is parsed. */
export const configInput: Kind<ConfigInput | string> = either(textual, thing<ConfigInput>('a configuration'));
export const configArgument: Kind<ConfigArgument> = either(
  textual,
  thing<LoadedConfig | ConfigInput>('a configuration'),
);

/** Loads the module of a configuration: plainly, or under somebody's eyes. */
type ImportModule = (url: string) => Promise<unknown>;
const plainImport: ImportModule = (url) => import(url);

/** Stands for a configuration that was handed over as an object and has no name. */
const UNNAMED = 'CONFIG';
const MODULES: ReadonlySet<string> = new Set(['.ts', '.mts', '.js', '.mjs']);

/**
 * Loads a configuration: a preset by name, or a file that is YAML, JSON, or a module with the configuration as its default
 * export.
 * @param importModule loads a module; without it, `import` does
 * @throws {MinotaurError} of kind `config` that says which key, and what was expected there
 */
export async function loadConfig(argument: string, importModule = plainImport): Promise<LoadedConfig> {
  const loaded = await loadSource(await sourceOf(argument), argument, importModule);
  return argument in presets ? loaded : { ...loaded, folder: dirname(resolve(argument)) };
}

/**
 * What a configuration says of its instrument and of how its files are read; it need not say anything else.
 * @throws {MinotaurError} as {@link loadConfig}
 */
export async function loadReading(argument: ConfigInput | string): Promise<Config> {
  const without: Pick<ConfigInput, 'clocks'> = { clocks: {} };
  if (typeof argument !== 'string')
    return parseConfig(
      Object(argument) === argument && !Array.isArray(argument) ? { ...without, ...argument } : argument,
    );
  const source = await sourceOf(argument);
  const value = await valueOf(source, argument, plainImport);
  if (typeof value === 'string') return parseConfig(value);
  return parseConfig({ ...without, ...value }, argument);
}

async function sourceOf(argument: string): Promise<ConfigSource> {
  const known = Object.keys(presets);
  if (known.includes(argument)) return { kind: 'value', value: argument };
  const path = resolve(argument);
  if (argument === '' || !existsSync(path)) {
    const found = /[./\\]/.test(argument) ? `'${argument}', no such file` : `'${argument}'${nearest(argument, known)}`;
    fail('config', 'config', `a preset (${known.join(', ')}) or a file`, found);
  }
  if (MODULES.has(extname(path))) return { kind: 'module', path };
  const value = parseText(await readText(path, argument, 'a configuration: YAML, JSON or a module'), argument);
  return { kind: 'value', value };
}

async function valueOf(source: ConfigSource, name: string, importModule: ImportModule): Promise<ConfigInput | string> {
  return source.kind === 'module' ? importConfig(source.path, name, importModule) : source.value;
}

/** The configuration that a run was handed, loaded where it was only named. */
export async function resolveConfig(argument: ConfigArgument): Promise<LoadedConfig> {
  if (typeof argument === 'string') return loadConfig(argument);
  // What a program in JavaScript hands over is not what a type says.
  if (Object(argument) !== argument)
    fail('config', UNNAMED, 'a preset, a file or a mapping of settings', `a value of the type ${typeof argument}`);
  if ('source' in argument) return argument;
  return { config: parseConfig(argument), source: { kind: 'value', value: argument }, name: UNNAMED };
}

/** The configuration of a source, which another thread or process may have sent. */
export async function loadSource(
  source: ConfigSource,
  name: string,
  importModule = plainImport,
): Promise<LoadedConfig> {
  const value = await valueOf(source, name, importModule);
  const config = typeof value === 'string' ? parseConfig(value) : parseConfig(value, name);
  const named = source.instrument === undefined ? config : withInstrument(config, source.instrument);
  return { config: withAllSettled(named, source.settled ?? []), source, name };
}

async function importConfig(path: string, name: string, importModule: ImportModule): Promise<ConfigInput> {
  let config: ConfigInput | undefined;
  try {
    const module = await importModule(pathToFileURL(path).href);
    // It may be promised.
    config = await (module as { default?: ConfigInput | Promise<ConfigInput> }).default;
  } catch (error) {
    fail('config', name, 'a module that loads', error instanceof Error ? error.message : String(error));
  }
  return config ?? fail('config', name, 'a default export that is the configuration', 'none');
}
