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
 * What is to be trained. Of another kind than the section's it has the defaults of its kind, and the section's seed, calibration
 * and threshold. The path of a module is looked for from the configuration on.
 */
export function modelSettings({ config, folder }: LoadedConfig, told: Told): ModelConfig {
  const { model: own } = config;
  const { calibration, threshold } = own;
  const seed = told.seed ?? ('seed' in own ? own.seed : undefined);
  const isOther = told.model !== undefined && told.model !== own.kind;
  const wanted = isOther ? { kind: told.model, calibration, threshold } : own;
  const model = { ...wanted, ...(seed !== undefined && wanted.kind !== 'logistic' && { seed }) };
  const settings = parseConfig({ clocks: {}, model } as ConfigInput, 'train').model;
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
