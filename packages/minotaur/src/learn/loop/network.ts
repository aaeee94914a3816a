/** From the section `model` to a network, its program and its file. */
import { pathToFileURL } from 'node:url';
import { fail } from 'minotaur-core/internal/base/errors';
import type { NetworkConfig } from 'minotaur-core/internal/model/network-section';
import type { ModelIdentity } from '../../store/model.ts';
import type { Network } from '../layers/network.ts';
import { binaryCrossEntropy, focal } from '../losses/classes.ts';
import type { Loss } from '../losses/loss.ts';
import { networkOf } from '../models/models.ts';
import type { Program } from '../program/contract.ts';
import { exportNetwork } from '../program/export.ts';
import { createProgram } from '../program/program.ts';
import { BETA1, BETA2 } from './schedule.ts';
import type { TrainingData } from './sequences.ts';
import type { Weights } from './state.ts';

/** A network that is to be trained. */
export interface OpenedNetwork {
  readonly program: Program;
  /** As a file, with these weights. */
  exported(weights: Weights, model: ModelIdentity): Uint8Array;
}

/** The network of the section, for sequences of these data. */
export async function openNetwork(
  settings: NetworkConfig,
  { length, width }: Pick<TrainingData, 'length' | 'width'>,
): Promise<OpenedNetwork> {
  const network = settings.kind === 'module' ? await networkIn(settings.path) : networkOf(settings);
  const { batch, clip } = settings;
  const options = { network, batch, length, width, loss: lossOf(settings), clip, beta1: BETA1, beta2: BETA2 };
  const program = createProgram(options);
  return { program, exported: (weights, model) => exportNetwork(network, weights, model, length, width) };
}

/** Focal loss, which for gamma 0 is cross-entropy: there the weights of both labels are 1 on average. */
function lossOf({ focalAlpha: alpha, focalGamma: gamma }: NetworkConfig): Loss {
  return gamma === 0 ? binaryCrossEntropy([2 * (1 - alpha), 2 * alpha]) : focal(alpha, gamma);
}

/** The default export of a user's module. */
async function networkIn(path: string): Promise<Network> {
  let module: { readonly default?: Partial<Network> };
  try {
    module = (await import(pathToFileURL(path).href)) as typeof module;
  } catch (error) {
    return fail('config', `model.path, ${path}`, 'a module that loads', (error as Error).message);
  }
  const { default: network } = module;
  if (typeof network?.build !== 'function' || typeof network.name !== 'string')
    fail('config', `model.path, ${path}`, 'a network (name and build) as its default export', typeof network);
  return network as Network;
}
