import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { vectorsSource } from '../../../../../scripts/vectors.ts';
import { mulberry32 } from '../../base/random.ts';
import { catalogue, withOperators } from '../catalogue.ts';
import { createColumns } from './columns.ts';
import { buildGraph, type GraphNode } from './graph.ts';
import { INSTRUCTIONS } from './instruction.ts';
import { layProgram, writeProgram } from './program.ts';
import { isComposite, type OperatorIO, type PrimitiveOperator } from './operator.ts';
import { takeRoom } from '../../base/vectors/vectors.ts';

test('the committed bytes are those of the sources', () => {
  const file = new URL('../../base/vectors/vectors.gen.ts', import.meta.url);
  assert.equal(readFileSync(file, 'utf8'), vectorsSource());
});

/** Parameters of each operator that has an instruction, but for those without any: windows and bins of both parities, the smallest and some usual. */
const PARAMETERS: Readonly<Record<string, readonly (readonly number[])[]>> = {
  adx_average: [[1], [2], [14]],
  atr: [[1], [2], [14]],
  atr_percent: [[1], [14]],
  bands: [
    [2, 2],
    [1.5, -1],
  ],
  cmo: [[2], [14]],
  constant: [[0], [-0], [0.1]],
  cycle_cos: [[24], [0.37], [7000]],
  cycle_sin: [[24], [0.37], [7000]],
  directional: [[1], [2], [14]],
  divergence: [
    [5, 30, 0.5, 60, 40],
    [1, 20, 0.1, 0.5, 2000],
    [2, 3, 0, -1e9, 1e9],
  ],
  ema: [[2], [14]],
  flow_ratio: [[1], [2], [3], [14], [20]],
  hilbert: [[1], [12], [37]],
  lag: [[0], [1], [20]],
  macd: [
    [12, 26, 9],
    [26, 12, 9],
    [2, 3, 1],
  ],
  max: [[1], [2], [14]],
  mean_distance: [[2], [3], [14], [21]],
  min: [[1], [2], [14]],
  pressure_ratios: [
    [7, 14, 28],
    [28, 14, 7],
    [1, 1, 2],
    [5, 5, 5],
  ],
  roc: [[1], [10]],
  regime: [[25], [1000]],
  rolling_shape: [[3], [4], [5], [20], [51]],
  rolling_std: [[2], [3], [5], [20], [30]],
  rsi: [[2], [14]],
  settle: [[1], [20]],
  sma: [[1], [2], [7], [20]],
  step_shapes: [[2], [3]],
  trait_shapes: [[1], [2], [3]],
  variance_around: [[1], [2], [7], [20]],
  volume_profile: [
    [1, 1],
    [2, 3],
    [7, 4],
    [20, 10],
    [50, 50],
    [33, 101],
  ],
  wma: [[1], [4], [14]],
};

const KEEP = 128;
const ROWS = 900;
const BLOCKS = [1, 2, 1, 3, 64, 5, 7, 1, 256];
/** What a feed may hold that no market has. */
const HOSTILE = [NaN, Infinity, -Infinity, 1e300, -1e300, 5e-324, 0, -0, 1e15, -7];

/** Prices and volumes of all sizes. */
const SCALES = [1, 1e-3, 1e6, 1e-5];

/** A walk with ties, holes, flat and empty stretches; prices stand in order most of the time. */
function hostileColumns(names: readonly string[], seed: number): Float64Array[] {
  const random = mulberry32(seed);
  const columns = names.map(() => new Float64Array(KEEP + ROWS).fill(NaN));
  let level = 1000;
  for (let i = KEEP; i < KEEP + ROWS; i++) {
    const flat = i % 300 > 240;
    if (!flat) level += Math.round((random() - 0.5) * 20) / (i > 500 ? 1 : 7);
    names.forEach((name, c) => {
      const away = name === 'high' ? 1 : name === 'low' ? -1 : 0;
      const price = flat ? level : level + away * Math.round(random() * 6);
      if (name.includes('_shapes(') || name.startsWith('candle_steps(') || name.startsWith('candle_traits(')) {
        columns[c][i] = random() < 0.05 ? NaN : random() < 0.5 ? 0 : Math.floor(random() * 2 ** 31);
        return;
      }
      if (name === 'length') {
        columns[c][i] = random() < 0.02 ? HOSTILE[Math.floor(random() * HOSTILE.length)] : random() * 60;
        return;
      }
      const volume = flat && i % 2 === 0 ? 0 : Math.round(random() * 2520) / (i % 400 > 200 ? 1 : 7);
      columns[c][i] = (name === 'volume' ? volume : price) * SCALES[seed % SCALES.length];
      if (random() < 0.004) columns[c][i] = HOSTILE[Math.floor(random() * HOSTILE.length)];
    });
  }
  return columns;
}

const withInstructions = [...catalogue.values()].filter(
  (op): op is PrimitiveOperator => !isComposite(op) && op.instruction !== undefined,
);

/** All outputs and, after them, all that the operator remembers, in blocks; by its instruction as far as that goes, or by `run`. */
function computed(
  op: PrimitiveOperator,
  params: readonly number[],
  seed: number,
  byInstruction: boolean,
): Float64Array {
  const sources = hostileColumns([...op.inputs, ...(op.shared ?? [])], seed);
  const slots = op.slots(params);
  const length = KEEP + ROWS;
  const inputs = sources.map((_, c) => c);
  const outputs = op.outputs.map((_, k) => sources.length + k);
  const node: GraphNode = { op, params, inputs, outputs, memory: op.memory(params, 1e-9) };
  const laid = layProgram([node]);
  const columnsAt = slots + laid.length;
  const { doubles, vectors, tableAt } = takeRoom(columnsAt + (sources.length + outputs.length) * length, laid.tables);
  const column = (c: number): Float64Array => doubles.subarray(columnsAt + c * length, columnsAt + (c + 1) * length);
  const state = doubles.subarray(0, slots);
  const program = doubles.subarray(slots, columnsAt);
  sources.forEach((source, c) => column(c).set(source));
  const io: OperatorIO = { in: inputs.map(column), out: outputs.map(column), params, state };
  for (const out of io.out) out.fill(NaN);
  writeProgram(
    laid,
    program,
    (c) => column(c).byteOffset,
    () => state.byteOffset,
    tableAt,
  );
  const done = new Int32Array(program.buffer, program.byteOffset, 1);
  for (let row = KEEP, b = 0; row < length; b++) {
    const to = Math.min(length, row + BLOCKS[b % BLOCKS.length]);
    if (byInstruction) {
      assert.ok(vectors);
      const at = program.byteOffset;
      const reached = vectors.execute(at, at + laid.starts[0], 0, 8 * row, to - row);
      took.set(op.name, (took.get(op.name) ?? 0) + (reached === 1 ? to - row : done[0]));
      if (reached === 0) op.run(io, row + done[0], to);
    } else {
      op.run(io, row, to);
    }
    row = to;
  }
  return Float64Array.from([...io.out.flatMap((out) => [...out.subarray(KEEP)]), ...io.state]);
}

/** Rows that were done by instructions. */
const took = new Map<string, number>();

test('the parameters of operators with instructions stand here', () => {
  const needed = withInstructions.filter(({ params }) => params.some((param) => param.default === undefined));
  assert.deepEqual(
    needed.filter(({ name }) => PARAMETERS[name] === undefined),
    [],
  );
  const names = new Set(withInstructions.map(({ name }) => name));
  assert.deepEqual(
    Object.keys(PARAMETERS).filter((name) => !names.has(name)),
    [],
  );
  const used = new Set(withInstructions.map(({ instruction }) => instruction?.name));
  assert.deepEqual(
    [...INSTRUCTIONS].filter((name) => !used.has(name)),
    [],
  );
});

for (const op of withInstructions) {
  test(`${op.name}: its instruction gives the bits of its loop`, () => {
    const sets = PARAMETERS[op.name] ?? [op.params.map((param) => param.default ?? NaN)];
    for (const params of sets) {
      for (let seed = 1; seed <= 12; seed++) {
        const plain = computed(op, params, seed, false);
        const found = computed(op, params, seed, true);
        assert.ok(plain.some((value) => value === value));
        const at = plain.findIndex((value, i) => !Object.is(value, found[i]));
        const where = at < ROWS * op.outputs.length ? `row ${at % ROWS}` : `slot ${at - ROWS * op.outputs.length}`;
        assert.equal(at, -1, `(${params.join(', ')}), seed ${seed}, ${where}: ${plain[at]}, found ${found[at]}`);
      }
    }
    // Of patterns only rows that come alone, and have no shape.
    assert.ok((took.get(op.name) ?? 0) > ROWS / 20, `${took.get(op.name)} rows by its instruction`);
  });
}

test('rooms hold zeros, overlap nowhere, and may be larger than what is shared', () => {
  const rooms = [3, 1000, 600_000, 5].map((length) => takeRoom(length).doubles);
  rooms.forEach((doubles, i) => {
    assert.ok(doubles.every((value) => value === 0));
    doubles.fill(i + 1);
  });
  rooms.forEach((doubles, i) => assert.ok(doubles.every((value) => value === i + 1)));
});

test('a runtime without WebAssembly computes the same', () => {
  const program = `
    const parts = globalThis.WebAssembly;
    const { mulberry32 } = await import(process.argv[1] + 'base/random.ts');
    if (process.argv[2] === 'without') globalThis.WebAssembly = undefined;
    const { takeRoom } = await import(process.argv[1] + 'base/vectors/vectors.ts');
    globalThis.WebAssembly = parts;
    const { catalogue } = await import(process.argv[1] + 'features/catalogue.ts');
    const { createColumns } = await import(process.argv[1] + 'features/contract/columns.ts');
    const { buildGraph } = await import(process.argv[1] + 'features/contract/graph.ts');
    const names = ['high', 'low', 'volume'];
    const graph = buildGraph(['volume_profile(high, low, volume, 20, 10)'], names, catalogue);
    const columns = createColumns(graph);
    const random = mulberry32(5);
    const found = [takeRoom(1).vectors === undefined];
    for (let i = 0; i < 200; i++) {
      const at = columns.append();
      const low = random() * 10;
      [low + random(), low, random()].forEach((value, c) => (columns.data[c][at] = value));
      if (i % 50 !== 49) continue;
      const from = columns.compute();
      for (const { column } of graph.features) found.push(...columns.data[column].subarray(from, columns.done));
    }
    console.log(JSON.stringify(found));`;
  const root = fileURLToPath(new URL('../../', import.meta.url));
  const [plain, vector] = ['without', 'with'].map((how) => {
    const args = ['--conditions=minotaur-source', '--input-type=module', '-e', program, root, how];
    const { status, stdout, stderr } = spawnSync(process.execPath, args, { encoding: 'utf8' });
    assert.equal(status, 0, stderr);
    return JSON.parse(stdout) as [boolean, ...(number | null)[]];
  });
  assert.equal(plain.shift(), true);
  assert.equal(vector.shift(), false);
  assert.equal(plain.filter((value) => value !== null).length, 3 * 181);
  assert.deepEqual(plain, vector);
});

test('an operator that is made of one of ours runs its own `run`', () => {
  const ours = catalogue.get('sma');
  assert.ok(ours !== undefined && !isComposite(ours) && ours.instruction !== undefined);
  const run = ({ in: { 0: x }, out: { 0: out } }: OperatorIO, from: number, to: number): void => {
    for (let i = from; i < to; i++) out[i] = 7 * x[i];
  };
  const own = withOperators([{ ...ours, name: 'mine', run }]);
  const columns = createColumns(buildGraph(['mine(close, 2)'], ['close'], own));
  for (const value of [1, 2, 3]) columns.data[0][columns.append()] = value;
  const from = columns.compute();
  assert.deepEqual([...columns.data[1].subarray(from, columns.done)], [7, 14, 21]);
});
