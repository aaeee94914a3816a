/** The section `model`, with what a run was told in its place. */
import { createHash } from 'node:crypto';
import { existsSync, readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { fail } from 'minotaur-core/internal/base/errors';
import { parseConfig, type ConfigInput } from 'minotaur-core/internal/config/config';
import { isNetwork, type ModelConfig } from 'minotaur-core/internal/model/section';
import type { LoadedConfig } from '../../files/config-file.ts';
import type { NetworkOptions } from './train-network.ts';

/** What stands in place of the section's. */
interface Told extends NetworkOptions {
  readonly model?: ModelConfig['kind'] | undefined;
  readonly seed?: number | undefined;
}

/**
 * The section with what `told` has in its place. Of another kind than the section's it has the defaults of its kind, and the section's
 * seed, calibration and threshold.
 * @throws {MinotaurError} that names `where`, and the key
 */
export function settingsIn(
  own: ModelConfig,
  { model: kind = own.kind, ...told }: Readonly<Record<string, unknown>>,
  where: string,
): ModelConfig {
  const { calibration, threshold } = own;
  const seed = kind !== 'logistic' && 'seed' in own ? { seed: own.seed } : {};
  const wanted = kind === own.kind ? own : { kind, calibration, threshold, ...seed };
  return parseConfig({ clocks: {}, model: { ...wanted, ...told } } as ConfigInput, where).model;
}

/** What is to be trained. The path of a module is looked for from the configuration on. */
export function modelSettings({ config, folder }: LoadedConfig, told: Told): ModelConfig {
  const { model: own } = config;
  const { model = own.kind, seed } = told;
  const settings = settingsIn(own, { model, ...(seed !== undefined && model !== 'logistic' && { seed }) }, 'train');
  requireSteps(settings, told);
  return settings.kind === 'module' ? { ...settings, path: resolve(folder ?? '.', settings.path) } : settings;
}

/**
 * SHA-256 of the file of a network of one's own, as it stands; undefined of every other kind. What the file imports is not in it.
 * @throws {MinotaurError} where there is no such file
 */
export function moduleDigest(settings: ModelConfig, folder: string | undefined): string | undefined {
  if (settings.kind !== 'module') return undefined;
  const path = resolve(folder ?? '.', settings.path);
  if (!existsSync(path)) fail('config', `model.path, ${path}`, 'a module that loads', 'no such file');
  return createHash('sha256').update(readFileSync(path)).digest('hex');
}

/** Options that change nothing are refused. */
function requireSteps(settings: ModelConfig, told: Told): void {
  if (isNetwork(settings)) return;
  for (const name of ['resume', 'checkpoint', 'device'] as const) {
    if (told[name] !== undefined) fail('config', `train, ${name}`, 'a model that is trained in steps', settings.kind);
  }
}
