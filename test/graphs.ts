/** Graphs of tensors run as tests need them, and a training of few lines. */
import { InferenceSession, Tensor as Values } from 'onnxruntime-node';
import { inputOf, type Shape, type Tensor } from '../packages/minotaur/src/onnx/graph/tensor.ts';
import { writeGraph } from '../packages/minotaur/src/onnx/graph/write.ts';
import type { Program } from '../packages/minotaur/src/learn/program/contract.ts';

/** Flat values by names: what goes in and what comes out. */
export type Named = Record<string, Float32Array>;

export interface OpenGraph {
  run(values: Readonly<Record<string, { readonly shape: Shape; readonly values: Float32Array }>>): Promise<Named>;
  close(): Promise<void>;
}

export async function openGraph(file: Uint8Array, threads = 1): Promise<OpenGraph> {
  const session = await InferenceSession.create(file, {
    intraOpNumThreads: threads,
    logSeverityLevel: 3,
    extra: { session: { intra_op: { allow_spinning: '0' } } },
  });
  return {
    close: () => session.release(),
    async run(given) {
      const feeds = Object.entries(given).map(([name, { shape, values }]) => [
        name,
        new Values('float32', values, [...shape]),
      ]);
      const found = await session.run(Object.fromEntries(feeds) as Record<string, Values>);
      return Object.fromEntries(Object.entries(found).map(([name, { data }]) => [name, data as Float32Array]));
    },
  };
}

/** Outputs over inputs, computed once. */
export async function computed(
  outputs: Readonly<Record<string, Tensor>>,
  inputs: ReadonlyMap<Tensor, Float32Array>,
  instead?: ReadonlyMap<Tensor, Tensor>,
): Promise<Named> {
  const tensors = [...inputs.keys()];
  const graph = await openGraph(
    writeGraph({ name: 'test', version: '', inputs: tensors, outputs, ...(instead && { instead }) }),
  );
  const given = [...inputs].map(
    ([{ from, shape }, values]) => ['name' in from ? from.name : '', { shape, values }] as const,
  );
  const found = await graph.run(Object.fromEntries(given));
  await graph.close();
  return found;
}

export const inputsOf = (shapes: readonly Shape[]): Tensor[] => shapes.map((shape, i) => inputOf(`x${i}`, shape));

export interface Batch {
  readonly x: Float32Array;
  readonly y: Float32Array;
  readonly w?: Float32Array;
}

export interface Training {
  readonly p: Float32Array;
  readonly s: Float32Array;
  readonly m: Float32Array;
  readonly e: Float32Array;
  readonly losses: number[];
  readonly norms: number[];
}

export interface TrainingOptions {
  readonly program: Program;
  readonly shape: readonly [batch: number, length: number, width: number];
  readonly initial: { readonly p: Float32Array; readonly s: Float32Array };
  readonly batches: readonly Batch[];
  readonly steps: number;
  /** Learning rate of step t, from 1. */
  readonly rate: (t: number) => number;
  readonly decay: number;
  readonly ema?: number;
  readonly threads?: number;
  readonly masks?: (t: number) => Float32Array;
}

/** Steps over batches in turn. */
export async function trained(options: TrainingOptions): Promise<Training> {
  const { program, shape, batches, steps, rate, decay, ema = 0.9, threads, masks } = options;
  const [batch, length, width] = shape;
  const graph = await openGraph(program.step, threads);
  const flat = (values: Float32Array) => ({ shape: [values.length], values });
  let { p, s }: { p: Float32Array; s: Float32Array } = options.initial;
  let [m, v, e]: Float32Array[] = [new Float32Array(p.length), new Float32Array(p.length), p];
  const losses: number[] = [];
  const norms: number[] = [];
  for (let t = 1; t <= steps; t++) {
    const { x, y, w = new Float32Array(batch).fill(1) } = batches[(t - 1) % batches.length];
    const h = Float32Array.of(rate(t), decay, 1 / (1 - 0.9 ** t), 1 / Math.sqrt(1 - 0.999 ** t), ema);
    const found = await graph.run({
      p: flat(p),
      m: flat(m),
      v: flat(v),
      e: flat(e),
      h: flat(h),
      x: { shape: [batch, length, width], values: x },
      y: { shape: [batch, 1], values: y },
      w: { shape: [batch, 1], values: w },
      ...(program.statistics > 0 && { s: flat(s) }),
      ...(masks && { masks: flat(masks(t)) }),
    });
    [p, m, v, e] = [found['p2'], found['m2'], found['v2'], found['e2']];
    if (program.statistics > 0) s = found['s2'];
    losses.push(found['loss'][0]);
    norms.push(found['norm'][0]);
  }
  await graph.close();
  return { p, s, m, e, losses, norms };
}

/** |a - b| / |b|, or beside a floor where b is next to nothing. */
export function relativeDifference(a: ArrayLike<number>, b: ArrayLike<number>, floor = 0): number {
  let [difference, size] = [0, 0];
  for (let i = 0; i < b.length; i++) {
    difference += (a[i] - b[i]) ** 2;
    size += b[i] ** 2;
  }
  return Math.sqrt(difference) / Math.max(Math.sqrt(size), floor);
}
