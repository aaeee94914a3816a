/** What a network asks for while it is built, written down. */
import { fail } from 'minotaur-core/internal/base/errors';
import type { Initial, Network, NetworkBuilder } from '../layers/network.ts';
import { inputOf, sizeOf, type Shape, type Tensor } from '../../onnx/graph/tensor.ts';
import type { Mask, Parameter } from './contract.ts';

interface AskedParameter extends Parameter {
  readonly initial: Initial;
  readonly tensor: Tensor;
}

interface AskedStatistic {
  readonly name: string;
  readonly shape: Shape;
  readonly offset: number;
  readonly initial: number;
  readonly tensor: Tensor;
  /** What the next step finds: itself where nothing renews it. */
  next: Tensor;
}

interface AskedMask extends Mask {
  readonly tensor: Tensor;
}

export interface Built {
  readonly logits: Tensor;
  readonly parameters: readonly AskedParameter[];
  readonly statistics: readonly AskedStatistic[];
  readonly masks: readonly AskedMask[];
  /** Floats of the flat vectors of each. */
  readonly sizes: { readonly parameters: number; readonly statistics: number; readonly masks: number };
}

const BATCH_AND_LOGITS = 2;
/** Names of a file's input and output. */
const RESERVED = ['input', 'probability'];

/** A network over x [B, L, F], with all that it asked for in the order in which it did. */
export function buildNetwork(network: Network, x: Tensor, training: boolean): Built {
  const parameters: AskedParameter[] = [];
  const statistics: AskedStatistic[] = [];
  const masks: AskedMask[] = [];
  const sizes = { parameters: 0, statistics: 0, masks: 0 };
  const taken = new Set<string>(RESERVED);
  /** The place of so many more floats, and what stands for them. */
  const place = (kind: keyof typeof sizes, shape: Shape, name: string): { offset: number; tensor: Tensor } => {
    const offset = sizes[kind];
    sizes[kind] += sizeOf(shape);
    return { offset, tensor: inputOf(name, shape) };
  };
  const own = (name: string): void => {
    if (taken.has(name)) fail('config', `network ${network.name}`, 'a name for each parameter', `${name} twice`);
    taken.add(name);
  };
  const builder: NetworkBuilder = {
    training,
    parameter(name, shape, initial, decay) {
      own(name);
      const asked = { name, shape, initial, decay, ...place('parameters', shape, name) };
      parameters.push(asked);
      return asked.tensor;
    },
    statistic(name, shape, initial) {
      own(name);
      const placed = place('statistics', shape, name);
      const asked: AskedStatistic = { name, shape, initial, ...placed, next: placed.tensor };
      statistics.push(asked);
      return { value: asked.tensor, renew: (next) => void (asked.next = next) };
    },
    mask(shape, rate) {
      if (!(rate > 0 && rate < 1)) fail('config', `dropout of network ${network.name}`, 'a rate in (0, 1)', `${rate}`);
      const asked = { shape, rate, ...place('masks', shape, `mask${masks.length}`) };
      masks.push(asked);
      return asked.tensor;
    },
  };
  const logits = network.build(builder, x);
  if (logits.shape.length !== BATCH_AND_LOGITS || logits.shape[0] !== x.shape[0]) {
    fail('config', `network ${network.name}`, `logits [${x.shape[0]}, K]`, `[${logits.shape.join(', ')}]`);
  }
  return { logits, parameters, statistics, masks, sizes };
}
