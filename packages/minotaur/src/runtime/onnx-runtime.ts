/** ONNX Runtime behind the port. It is loaded with the first model, so that who does not predict does not pay for it. */
import type { InferenceSession } from 'onnxruntime-node';
import { fail } from 'minotaur-core/internal/base/errors';
import { loadOptional, type Need } from '../node/optional.ts';

export interface ModelDoor {
  readonly reads: string;
  run(input: Float32Array): Promise<number>;
  close(): Promise<void>;
}

type Value = InferenceSession.ValueMetadata;
type Tensor = InferenceSession.TensorValueMetadata;

function describe(value: Value): string {
  return value.isTensor ? `${value.name}: ${value.type} [${value.shape.join(', ')}]` : `${value.name}: not a tensor`;
}

const isFloatTensor = (value: Value): value is Tensor => value.isTensor && value.type === 'float32';

/** A dimension that is a name, or below 1, is whatever it is asked to be. */
const fits = (found: number | string, wanted: number): boolean =>
  typeof found === 'string' || found < 1 || found === wanted;

/** The input's name and the shape of one row: [1, F], or [1, L, F] where the model's input has three dimensions. */
function requireInput(inputs: readonly Value[], path: string, width: number, length: number) {
  const wanted = length === 1 ? `float32 [N, ${width}] or [N, 1, ${width}]` : `float32 [N, ${length}, ${width}]`;
  const where = `${path}, input`;
  const [only] = inputs;
  if (inputs.length !== 1) fail('input', where, 'one input', inputs.map(describe).join('; ') || 'none');
  if (!isFloatTensor(only)) fail('input', where, wanted, describe(only));
  const { shape } = only;
  const dims = shape.length === 2 && length === 1 ? [1, width] : [1, length, width];
  const same = shape.length === dims.length && dims.every((dim, i) => fits(shape[i], dim));
  if (!same) fail('input', where, wanted, describe(only));
  return { name: only.name, dims };
}

/**
 * The output of probabilities: the only one, or of several the only one of float32 (classifiers give labels beside).
 * [N] and [N, 1] are the probability of label 1; of [N, 2], probabilities of both classes, it is column 1.
 */
function requireOutput(outputs: readonly Value[], path: string) {
  const floats = outputs.filter(isFloatTensor);
  const all = outputs.map(describe).join('; ');
  if (floats.length !== 1) fail('input', `${path}, output`, 'one float32 tensor (ZipMap off)', all);
  const [{ name, shape }] = floats;
  const last = shape.length === 2 ? shape[1] : 1;
  if (shape.length > 2 || shape.length < 1 || (typeof last === 'number' && last > 2)) {
    fail('input', `${path}, output`, 'float32 [N], [N, 1] or [N, 2]', describe(floats[0]));
  }
  return { name, reads: `${name}${last === 2 ? ', column of class 1' : ''}` };
}

/** @throws {MinotaurError} where it is not installed */
export function loadOnnxRuntime(need: Need): Promise<typeof import('onnxruntime-node')> {
  return loadOptional('onnxruntime-node', () => import('onnxruntime-node'), need);
}

/** Opens a session for one row a call, on one thread. */
export async function openSession(file: Uint8Array, path: string, width: number, length: number): Promise<ModelDoor> {
  const need = { where: path, what: 'opens models' };
  const { InferenceSession: sessions, Tensor: tensors } = await loadOnnxRuntime(need);
  let session: InferenceSession;
  try {
    session = await sessions.create(file, {
      executionProviders: ['cpu'],
      intraOpNumThreads: 1,
      interOpNumThreads: 1,
      executionMode: 'sequential',
      logSeverityLevel: 3,
    });
  } catch (error) {
    return fail('input', path, 'a model that ONNX Runtime opens', (error as Error).message);
  }
  try {
    const input = requireInput(session.inputMetadata, path, width, length);
    const output = requireOutput(session.outputMetadata, path);
    return {
      reads: output.reads,
      close: () => session.release(),
      async run(values) {
        const feeds = { [input.name]: new tensors('float32', values, input.dims) };
        const { data } = (await session.run(feeds, [output.name]))[output.name];
        if (data.length !== 1 && data.length !== 2) {
          fail('input', `${path}, output`, 'one or two values for one row', `${data.length}`);
        }
        return Number(data[data.length - 1]);
      },
    };
  } catch (error) {
    await session.release();
    throw error;
  }
}
