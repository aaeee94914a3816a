/** Steps of a network's training graph, when asked for on standard input: one side of training.ts. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { InferenceSession, Tensor } from 'onnxruntime-node';
import type { TrainingCase } from './training.ts';

const folder = process.argv[2];
const read = (name: string): Float32Array => {
  const bytes = readFileSync(join(folder, name));
  return new Float32Array(bytes.buffer, bytes.byteOffset, bytes.length / 4);
};
const { batch, length, width, threads, size, statistics, rate, decay } = JSON.parse(
  readFileSync(join(folder, 'case.json'), 'utf8'),
) as TrainingCase;
const session = await InferenceSession.create(join(folder, 'step.onnx'), {
  intraOpNumThreads: threads,
  interOpNumThreads: 1,
  executionMode: 'sequential',
  extra: { session: { intra_op: { allow_spinning: '0' } } },
});
const tensor = (values: Float32Array, ...shape: number[]): Tensor => new Tensor('float32', values, shape);
const zeros = (count: number): Tensor => tensor(new Float32Array(count), count);
const states = [0, 1].map((i) => ({
  p: i === 0 ? tensor(read('p.f32').slice(), size) : zeros(size),
  e: i === 0 ? tensor(read('p.f32').slice(), size) : zeros(size),
  m: zeros(size),
  v: zeros(size),
  ...(statistics > 0 && { s: tensor(read('s.f32').slice(), statistics) }),
}));
const x = tensor(read('x.f32'), batch, length, width);
const y = tensor(read('y.f32'), batch, 1);
const w = tensor(new Float32Array(batch).fill(1), batch, 1);
const loss = zeros(1);
const norm = zeros(1);
let t = 0;

async function step(): Promise<number> {
  const [now, next] = [states[t % 2], states[(t + 1) % 2]];
  t++;
  const h = tensor(Float32Array.of(rate, decay, 1 / (1 - 0.9 ** t), 1 / Math.sqrt(1 - 0.999 ** t), 0.999), 5);
  const outputs = Object.entries(next).map(([name, value]) => [`${name}2`, value]);
  await session.run({ ...now, x, y, w, h }, { ...Object.fromEntries(outputs), loss, norm } as Record<string, Tensor>);
  return (loss.data as Float32Array)[0];
}

console.log(JSON.stringify({ version: 'onnxruntime' }));
for await (const line of createInterface({ input: process.stdin })) {
  const times: number[] = [];
  const losses: number[] = [];
  const before = process.cpuUsage();
  for (let i = 0; i < Number(line); i++) {
    const begin = performance.now();
    losses.push(await step());
    times.push(performance.now() - begin);
  }
  const { user, system } = process.cpuUsage(before);
  const memory = process.resourceUsage().maxRSS / 1024;
  console.log(JSON.stringify({ times, losses, processor: (user + system) / 1000, memory }));
}
