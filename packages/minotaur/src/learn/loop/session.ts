/** A program in ONNX Runtime: its step, which is given where to put what it makes, and its evaluation. */
import type { InferenceSession, OnnxValue, Tensor } from 'onnxruntime-node';
import { fail } from 'minotaur-core/internal/base/errors';
import { loadOnnxRuntime } from '../../runtime/onnx-runtime.ts';
import type { Program } from '../program/contract.ts';
import { LESS, roomFor } from './memory.ts';
import { createBatch, type Batch, type TrainingData } from './sequences.ts';
import { VECTORS, type Vectors, type Weights } from './state.ts';

/** Where a program is run. */
export type Device = 'cpu' | 'cuda';

export interface SessionOptions {
  /** Threads of a run; the bits do not depend on them. */
  readonly threads: number;
  readonly device: Device;
}

/** What a step made beside its vectors. */
export interface StepFigures {
  /** Mean over the rows of the batch. */
  readonly loss: number;
  /** Of all gradients together, before it is bounded. */
  readonly norm: number;
}

/** A program, opened. Inputs are written into its arrays, which stay the same. */
export interface ProgramSession {
  readonly batch: Batch;
  readonly masks: Float32Array;
  readonly h: Float32Array;
  /** From `from` to `to`, which have to be two. */
  step(from: Vectors, to: Vectors): Promise<StepFigures>;
  /** Logits [B, K] and losses [B, 1] of `batch`; valid until the next call. */
  evaluate(weights: Weights): Promise<{ readonly logits: Float32Array; readonly losses: Float32Array }>;
  close(): Promise<void>;
}

type Make = (values: Float32Array, dims: readonly number[]) => Tensor;

/** Version of the runtime whose kernels made the bits. */
export async function runtimeVersion(): Promise<string> {
  const { env } = await loadOnnxRuntime({ where: 'train', what: 'trains networks' });
  return env.versions.node ?? env.versions.common;
}

/** Opens both graphs of `program`. @throws {MinotaurError} where the runtime does not take them, for want of memory or of the device */
export async function openProgram(
  program: Program,
  data: TrainingData,
  size: number,
  options: SessionOptions,
): Promise<ProgramSession> {
  const { InferenceSession: sessions, Tensor: tensors } = await loadOnnxRuntime({
    where: 'train',
    what: 'trains networks',
  });
  const batch = roomFor(`a batch of ${size} sequences`, () => createBatch(data, size));
  const masks = roomFor('dropout masks', () => new Float32Array(program.maskSize));
  const open = (graph: Uint8Array): Promise<InferenceSession> =>
    answered(`a runtime that opens ${(graph.length / 1e6).toFixed(1)} MB of program on ${options.device}`, () =>
      sessions.create(graph, {
        executionProviders: [options.device],
        intraOpNumThreads: options.threads,
        interOpNumThreads: 1,
        executionMode: 'sequential',
        logSeverityLevel: 3,
        // A thread that waits by turning in a circle takes the time of those that work.
        extra: { session: { intra_op: { allow_spinning: '0' } } },
      }),
    );
  const step = await open(program.step);
  try {
    const evaluation = await open(program.evaluation(size));
    return sessionOf({ data, batch, masks, step, evaluation }, (values, dims) => new tensors('float32', values, dims));
  } catch (error) {
    await step.release();
    throw error;
  }
}

interface Opened {
  readonly data: TrainingData;
  readonly batch: Batch;
  readonly masks: Float32Array;
  readonly step: InferenceSession;
  readonly evaluation: InferenceSession;
}

function sessionOf({ data, batch, masks, step, evaluation }: Opened, make: Make): ProgramSession {
  const size = batch.y.length;
  const h = new Float32Array(5);
  const shapes = { x: [size, data.length, data.width], y: [size, 1], w: [size, 1] };
  const feeds = { x: make(batch.x, shapes.x), y: make(batch.y, shapes.y) };
  const stepFeeds = { ...feeds, w: make(batch.w, shapes.w), h: make(h, [h.length]) };
  const maskFeed = masks.length > 0 ? { masks: make(masks, [masks.length]) } : {};
  const [loss, norm] = [new Float32Array(1), new Float32Array(1)];
  const figures = { loss: make(loss, [1]), norm: make(norm, [1]) };
  /** Vectors under their names in the graph; what has no elements is absent. */
  const named = (vectors: Partial<Vectors>, suffix: string): Record<string, Tensor> =>
    Object.fromEntries(
      VECTORS.flatMap((name) => {
        const values = vectors[name];
        return values === undefined || values.length === 0
          ? []
          : [[name + suffix, make(values, [values.length])] as const];
      }),
    );
  return {
    batch,
    masks,
    h,
    async step(from, to) {
      const inputs = { ...stepFeeds, ...maskFeed, ...named(from, '') };
      await run(step, inputs, { ...named(to, '2'), ...figures });
      return { loss: loss[0], norm: norm[0] };
    },
    async evaluate({ p, s }) {
      const found = await run(evaluation, { ...feeds, ...named({ p, s }, '') }, ['logits', 'losses']);
      const valuesOf = (name: string): Float32Array => found[name].data as Float32Array;
      return { logits: valuesOf('logits'), losses: valuesOf('losses') };
    },
    async close() {
      await step.release();
      await evaluation.release();
    },
  };
}

function run(
  session: InferenceSession,
  feeds: Readonly<Record<string, Tensor>>,
  fetches: Readonly<Record<string, Tensor>> | readonly string[],
): Promise<Readonly<Record<string, OnnxValue>>> {
  return answered('a runtime that runs the program', () => session.run(feeds, fetches as InferenceSession.FetchesType));
}

/** The runtime's own refusals, memory among them, in our words. */
async function answered<T>(expected: string, ask: () => Promise<T>): Promise<T> {
  try {
    return await ask();
  } catch (error) {
    const { message } = error as Error;
    const [first] = message.split('\n');
    fail('input', 'train', /alloc|memory/i.test(message) ? `memory for a step: ${LESS}` : expected, first);
  }
}
