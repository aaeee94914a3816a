/**
 * A training step of cnn-transformer beside PyTorch on the same weights and batch, two threads each, in turns: wall time (least and
 * median), processor time, the most memory of each process, and losses.
 *
 * PyTorch runs where there is a Python that has it: `MINOTAUR_PYTHON`, else python3.
 */
import { spawn, spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { distributions, sfc32 } from '../packages/core/src/base/random.ts';
import { focal } from '../packages/minotaur/src/learn/losses/classes.ts';
import { cnnTransformer, type CnnTransformerSettings } from '../packages/minotaur/src/learn/models/cnn-transformer.ts';
import type { Program } from '../packages/minotaur/src/learn/program/contract.ts';
import { createProgram } from '../packages/minotaur/src/learn/program/program.ts';
import { summary, type Figure } from './harness.ts';

export const title = 'A training step of cnn-transformer beside PyTorch (two threads each)';

export interface TrainingCase extends Record<
  'batch' | 'length' | 'width' | 'threads' | 'size' | 'statistics' | 'rate' | 'decay' | 'alpha' | 'gamma' | 'clip',
  number
> {
  readonly settings: CnnTransformerSettings;
  readonly parameters: Program['parameters'];
}

interface Round {
  readonly times: number[];
  readonly losses: number[];
  readonly processor: number;
  readonly memory: number;
}

const COMMON = {
  activation: 'gelu',
  mlpLayers: 2,
  mlpUnits: 64,
  dropoutCnn: 0,
  dropoutTransformer: 0,
  dropoutMlp: 0,
} as const;
const NARROW = { ...COMMON, filters: 64, heads: 4, headSize: 16, feedForward: 2, encoders: 2 };
/** The widest that is searched. */
const WIDE = { ...COMMON, filters: 128, heads: 4, headSize: 64, feedForward: 4, encoders: 3 };

/** What was asked: our time and our memory as parts of PyTorch's. */
const CASES = [
  { shape: [32, 60, 64], settings: NARROW, steps: 20, time: 0.9, memory: 1 },
  { shape: [64, 64, 739], settings: NARROW, steps: 6, time: 0.9, memory: 1 },
  { shape: [64, 128, 256], settings: WIDE, steps: 2, time: 1.1, memory: 1.3 },
] as const;
const ROUNDS = 3;
const LEARNING = { rate: 1e-3, decay: 1e-2, alpha: 0.4, gamma: 2, clip: 1, threads: 2 };

const STEPS = fileURLToPath(new URL('./training-step.ts', import.meta.url));
const PEER = fileURLToPath(new URL('./training.py', import.meta.url));
const python = process.env['MINOTAUR_PYTHON'] ?? 'python3';

/** Files that both sides begin with. */
function prepare(folder: string, [batch, length, width]: readonly number[], settings: CnnTransformerSettings): void {
  const loss = focal(LEARNING.alpha, LEARNING.gamma);
  const program = createProgram({ network: cnnTransformer(settings), batch, length, width, loss, clip: LEARNING.clip });
  const { p, s } = program.initial(1);
  const random = distributions(sfc32(7));
  const x = Float32Array.from({ length: batch * length * width }, () => random.normal());
  const y = Float32Array.from({ length: batch }, (_, i) => (x[((i + 1) * length - 1) * width] > 0.3 ? 1 : 0));
  const { size, statistics, parameters } = program;
  const about: TrainingCase = { batch, length, width, settings, size, statistics, parameters, ...LEARNING };
  writeFileSync(join(folder, 'case.json'), JSON.stringify(about));
  writeFileSync(join(folder, 'step.onnx'), program.step);
  for (const [name, values] of Object.entries({ p, s, x, y })) {
    writeFileSync(join(folder, `${name}.f32`), new Uint8Array(values.buffer));
  }
}

/** A process that takes steps when it is asked. */
async function side(command: string, args: readonly string[]) {
  // Who waits sleeps, on either side: others work on the machine too.
  const env = { ...process.env, OMP_WAIT_POLICY: 'passive' };
  const child = spawn(command, args, { stdio: ['pipe', 'pipe', 'inherit'], env });
  const lines = createInterface({ input: child.stdout })[Symbol.asyncIterator]();
  const said = async <T>(): Promise<T> => {
    const { value, done } = await lines.next();
    if (done) throw new Error(`expected an answer of ${command}, found its end`);
    return JSON.parse(value) as T;
  };
  const { version } = await said<{ version: string }>();
  return {
    version,
    steps(count: number): Promise<Round> {
      child.stdin.write(`${count}\n`);
      return said<Round>();
    },
    end: () => void child.stdin.end(),
  };
}

const median = (values: readonly number[]): number => values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)];

/** All rounds of one side together. */
function together(rounds: readonly Round[]) {
  const times = rounds.flatMap((round) => round.times);
  const losses = rounds.flatMap((round) => round.losses);
  const processor = rounds.reduce((sum, round) => sum + round.processor, 0) / times.length;
  return { least: Math.min(...times), median: median(times), processor, losses, memory: rounds.at(-1)?.memory ?? 0 };
}

async function compare(
  { shape, settings, steps, time, memory }: (typeof CASES)[number],
  peer: boolean,
): Promise<Figure[]> {
  const folder = mkdtempSync(join(tmpdir(), 'minotaur-training-'));
  prepare(folder, shape, settings);
  const name = shape.join(' × ');
  const ours = await side(process.execPath, ['--conditions=minotaur-source', STEPS, folder]);
  const theirs = peer ? await side(python, [PEER, folder]) : undefined;
  await ours.steps(3);
  await theirs?.steps(3);
  const [a, b]: Round[][] = [[], []];
  for (let i = 0; i < ROUNDS; i++) {
    a.push(await ours.steps(steps));
    if (theirs) b.push(await theirs.steps(steps));
  }
  ours.end();
  theirs?.end();
  rmSync(folder, { recursive: true });
  const mine = together(a);
  const figures = [
    summary(
      `${name}: a step`,
      'ms',
      a.flatMap((round) => round.times),
      {
        note: `least ${mine.least.toFixed(1)}, processor ${mine.processor.toFixed(1)} ms, ${mine.memory.toFixed(0)} MB`,
      },
    ),
  ];
  if (!theirs) return figures;
  const peers = together(b);
  const told = ({ losses, median: middle, least, processor }: ReturnType<typeof together>): string =>
    `${losses[0].toPrecision(5)} to ${losses[losses.length - 1].toPrecision(5)} in ${losses.length} steps of ${middle.toFixed(1)} ms (least ${least.toFixed(1)}, processor ${processor.toFixed(1)})`;
  console.log(`${name}: loss ${told(mine)}; ${theirs.version} ${told(peers)}`);
  return [
    ...figures,
    summary(
      `${name}: a step of ${theirs.version}`,
      'ms',
      b.flatMap((round) => round.times),
      {
        note: `least ${peers.least.toFixed(1)}, processor ${peers.processor.toFixed(1)} ms, ${peers.memory.toFixed(0)} MB`,
      },
    ),
    summary(`${name}: median time`, 'of PyTorch', [mine.median / peers.median], { asked: { under: time } }),
    summary(`${name}: least time`, 'of PyTorch', [mine.least / peers.least], { asked: { under: time } }),
    summary(`${name}: processor time`, 'of PyTorch', [mine.processor / peers.processor]),
    summary(`${name}: memory`, 'of PyTorch', [mine.memory / peers.memory], { asked: { under: memory } }),
  ];
}

export async function benches(): Promise<Figure[]> {
  const peer = spawnSync(python, ['-c', 'import torch']).status === 0;
  if (!peer) console.log(`no PyTorch beside: ${python} has none (MINOTAUR_PYTHON)`);
  const figures: Figure[] = [];
  for (const each of CASES) figures.push(...(await compare(each, peer)));
  return figures;
}
