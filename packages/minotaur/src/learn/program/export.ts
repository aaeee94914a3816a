/** A trained network as a file that the model's door opens: its evaluation, with parameters by their names. */
import { fail } from 'minotaur-core/internal/base/errors';
import { sigmoid } from '../../onnx/graph/operations/elementwise.ts';
import { reshape } from '../../onnx/graph/operations/shaping.ts';
import { constantOf, inputOf, sizeOf, type Shape, type Tensor } from '../../onnx/graph/tensor.ts';
import { writeGraph } from '../../onnx/graph/write.ts';
import type { ModelIdentity } from '../../store/model.ts';
import type { Network } from '../layers/network.ts';
import { buildNetwork } from './builder.ts';
import type { InitialValues } from './contract.ts';

/** Rows that the shapes are found with; the file takes any number. */
const ROWS = 1;

interface Placed {
  readonly name: string;
  readonly shape: Shape;
  readonly offset: number;
  readonly tensor: Tensor;
}

/**
 * Sigmoid of logits [N, 1], in another shape than theirs: onnxruntime would make one operation of a product and its sigmoid, whose bits
 * are others than those of the two.
 */
const apart = (logits: Tensor): Tensor => reshape(sigmoid(reshape(logits, [ROWS])), [ROWS, 1]);

/**
 * The bytes of a file with one input `input`, [N, L, F], or [N, F] where `length` is 1, and one output `probability`, [N, 1]: the
 * sigmoid of the network's one logit.
 */
export function exportNetwork(
  network: Network,
  values: InitialValues,
  identity: ModelIdentity,
  length: number,
  width: number,
): Uint8Array {
  const input = inputOf('input', length > 1 ? [ROWS, length, width] : [ROWS, width]);
  const built = buildNetwork(network, reshape(input, [ROWS, length, width]), false);
  const { sizes, logits } = built;
  if (values.p.length !== sizes.parameters || values.s.length !== sizes.statistics) {
    fail(
      'state',
      `values of network ${network.name}`,
      `${sizes.parameters} parameters and ${sizes.statistics} statistics`,
      `${values.p.length} and ${values.s.length}`,
    );
  }
  if (logits.shape[1] !== 1) fail('config', `network ${network.name}`, 'one logit', `${logits.shape[1]}`);
  const names = new Map<Tensor, string>();
  const instead = new Map<Tensor, Tensor>();
  const stand = (vector: Float32Array, placed: readonly Placed[]): void => {
    for (const { name, shape, offset, tensor } of placed) {
      const constant = constantOf(vector.subarray(offset, offset + sizeOf(shape)), shape);
      names.set(constant, name);
      instead.set(tensor, constant);
    }
  };
  stand(values.p, built.parameters);
  stand(values.s, built.statistics);
  return writeGraph({
    name: `minotaur ${network.name}`,
    version: identity.engineVersion,
    inputs: [input],
    outputs: { probability: apart(logits) },
    instead,
    defaults: names,
    anyBatch: true,
    metadata: { ...identity },
  });
}
