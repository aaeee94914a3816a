/** `bus init`: the topics of a bus. */
import { amount, optionsOf, requireKind, textual } from 'minotaur-core/internal/base/options';
import { fail } from 'minotaur-core/internal/base/errors';
import { planOf } from 'minotaur-core/internal/config/engine';
import { makeTopics, type MadeTopic } from '../../bus/kafka/topics.ts';
import { resolveConfig, type ConfigArgument, configArgument } from '../../files/config-file.ts';
import { nameBus, type BusOptions, BUS } from './open.ts';
import { readPredicting, type BusPredictingOptions, PREDICTING } from './predicting.ts';

/** What `bus init` takes. */
export interface BusInitOptions extends BusOptions, BusPredictingOptions {
  /** Chain whose rows are to have topics too. */
  readonly config?: ConfigArgument | undefined;
  /** In place of the settings' own. */
  readonly partitions?: number | undefined;
  /** In place of the settings' own; copies that have to be in step follow it. */
  readonly replicas?: number | undefined;
}

const INIT = optionsOf<BusInitOptions>(
  { bus: textual },
  { ...BUS, ...PREDICTING, config: configArgument, partitions: amount, replicas: amount },
);

/** What `bus init` did. */
export interface BusInitReport {
  /** Each topic, made or there. */
  readonly topics: readonly MadeTopic[];
}

/**
 * Makes the topics of a bus, those that are not there.
 * @throws {MinotaurError} where the cluster refuses, or one is there with another number of partitions
 */
export async function initBus(options: BusInitOptions): Promise<BusInitReport> {
  requireKind('initBus', INIT, options);
  const { config, partitions, replicas } = options;
  const loaded = config === undefined ? undefined : (await resolveConfig(config)).config;
  if (loaded === undefined && options.artefact !== undefined)
    fail('config', 'bus init', '--config beside --artefact and --model', 'none');
  const by = loaded && readPredicting(options, loaded);
  const plan = loaded && planOf(loaded);
  const { address, settings, topics } = await nameBus(options, plan?.schema.id, by?.id);
  const own = { ...settings.topics };
  if (partitions !== undefined) own.partitions = partitions;
  if (replicas !== undefined) Object.assign(own, { replicas, minInSync: Math.min(own.minInSync, replicas) });
  const { predictions, ...others } = topics;
  const wanted =
    plan === undefined ? { events: topics.events } : by === undefined ? others : { ...others, predictions };
  return { topics: await makeTopics(address, { ...settings, topics: own }, wanted) };
}
