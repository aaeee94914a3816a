/** From a network to the graphs that train and evaluate it. */
import { requireKind } from 'minotaur-core/internal/base/options';
import { ENGINE_VERSION } from 'minotaur-core/internal/base/version';
import { fail } from 'minotaur-core/internal/base/errors';
import { PROGRAM } from './contract.ts';
import { differentiate } from '../../onnx/graph/differentiate.ts';
import { divide, multiply } from '../../onnx/graph/operations/elementwise.ts';
import { reshape, sum } from '../../onnx/graph/operations/shaping.ts';
import { inputOf, type Tensor } from '../../onnx/graph/tensor.ts';
import { writeGraph } from '../../onnx/graph/write.ts';
import { adamw } from './adamw.ts';
import { buildNetwork, type Built } from './builder.ts';
import type { Program, ProgramOptions } from './contract.ts';
import { flatOf, partsOf } from './flat.ts';
import { initialValues } from './initial.ts';

const presentOf = (tensors: readonly Tensor[]): Tensor[] => tensors.filter(({ shape }) => shape[0] > 0);

interface Given {
  readonly x: Tensor;
  readonly y: Tensor;
}

const givenOf = ({ length, width }: ProgramOptions, batch: number): Given => ({
  x: inputOf('x', [batch, length, width]),
  y: inputOf('y', [batch, 1]),
});

/** Flat inputs of a network, and what they stand for. */
function flatInputs({ parameters, statistics, masks, sizes }: Built) {
  const p = inputOf('p', [sizes.parameters]);
  const s = inputOf('s', [sizes.statistics]);
  const dropout = inputOf('masks', [sizes.masks]);
  const instead = new Map([...partsOf(p, parameters), ...partsOf(s, statistics), ...partsOf(dropout, masks)]);
  return { p, s, dropout, instead };
}

function gradientOf(loss: Tensor, { parameters }: Built, name: string): Tensor {
  const tensors = parameters.map(({ tensor }) => tensor);
  const gradients = differentiate(loss, tensors);
  return flatOf(
    gradients.map(
      (gradient, i) =>
        gradient ?? fail('config', `network ${name}, ${parameters[i].name}`, 'a parameter that logits hang on', 'none'),
    ),
  );
}

function stepOf(options: ProgramOptions, built: Built, { x, y }: Given): Uint8Array {
  const { network, loss, batch } = options;
  const w = inputOf('w', [batch, 1]);
  const { p, s, dropout, instead } = flatInputs(built);
  const total = reshape(divide(sum(multiply(loss.each(built.logits, y), w), [0]), sum(w, [0])), [1]);
  const gradient = gradientOf(total, built, network.name);
  const { inputs, outputs } = adamw(p, gradient, built.parameters, options);
  const { statistics } = built;
  return writeGraph({
    name: `step of ${network.name}`,
    version: ENGINE_VERSION,
    inputs: [p, ...inputs.slice(0, 3), ...presentOf([s]), x, y, w, ...presentOf([dropout]), ...inputs.slice(3)],
    outputs: {
      ...outputs,
      ...(statistics.length > 0 && { s2: flatOf(statistics.map(({ next }) => next)) }),
      loss: total,
    },
    instead,
  });
}

function evaluationOf(options: ProgramOptions, batch: number): Uint8Array {
  const { network, loss } = options;
  const { x, y } = givenOf(options, batch);
  const built = buildNetwork(network, x, false);
  const { p, s, instead } = flatInputs(built);
  return writeGraph({
    name: `evaluation of ${network.name}`,
    version: ENGINE_VERSION,
    inputs: [p, ...presentOf([s]), x, y],
    outputs: { logits: built.logits, losses: loss.each(built.logits, y) },
    instead,
  });
}

/** The graphs of a network for batches of one size. */
export function createProgram(options: ProgramOptions): Program {
  requireKind('createProgram', PROGRAM, options);
  const given = givenOf(options, options.batch);
  const built = buildNetwork(options.network, given.x, true);
  const { parameters, masks, sizes } = built;
  if (parameters.length === 0) fail('config', `network ${options.network.name}`, 'parameters', 'none');
  return {
    parameters: parameters.map(({ name, shape, offset, decay }) => ({ name, shape, offset, decay })),
    size: sizes.parameters,
    statistics: sizes.statistics,
    masks: masks.map(({ shape, rate, offset }) => ({ shape, rate, offset })),
    maskSize: sizes.masks,
    step: stepOf(options, built, given),
    evaluation: (batch) => evaluationOf(options, batch),
    initial: (seed) => initialValues(built, seed),
  };
}
