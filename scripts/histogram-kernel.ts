/**
 * Writes the WebAssembly that sums gradients into histograms, four columns at a time. It is put together here, instruction by
 * instruction, so that nothing but Node makes it; `histogram-kernel.test.ts` compares it to what is committed.
 *
 *     fill(sums, counts, a, b, c, d, rows, pairs, end): for each row r of `rows`, while `pairs` is below `end`,
 *       sums[k][x[r]] += (gradient, hessian) and counts[k][x[r]]++, for x = a, b, c, d, columns of bytes, k = 0 .. 3
 *
 * All parameters are addresses in bytes. A cell of `sums` is two doubles, one of `counts` 32 bits; each column has 256 of either.
 */
import { writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

const [I32, V128] = [0x7f, 0x7b];
const [SUMS, COUNTS, A, ROWS, PAIRS, END, ROW, BIN, AT, PAIR] = [0, 1, 2, 6, 7, 8, 9, 10, 11, 12];
/** Bytes of the cells of one column. */
const [SUM_BYTES, COUNT_BYTES] = [4096, 1024];

/** Unsigned LEB128. */
function leb(value: number): number[] {
  return value < 128 ? [value] : [(value % 128) + 128, ...leb(Math.floor(value / 128))];
}

const sized = (bytes: readonly number[]): number[] => [...leb(bytes.length), ...bytes];
const list = (items: readonly (readonly number[])[]): number[] => [...leb(items.length), ...items.flat()];
const section = (id: number, items: readonly (readonly number[])[]): number[] => [id, ...sized(list(items))];
const text = (value: string): number[] => sized([...new TextEncoder().encode(value)]);

const get = (local: number): number[] => [0x20, local];
const set = (local: number): number[] => [0x21, local];
const constant = (value: number): number[] => [0x41, value];
const [ADD, SHIFT_LEFT, EQUAL] = [[0x6a], [0x74], [0x46]];
/** Aligned to 2^align, `offset` bytes behind the address. */
const memory = (align: number, offset: number): number[] => [align, ...leb(offset)];
const loadByte = [0x2d, ...memory(0, 0)];
const load32 = (offset: number): number[] => [0x28, ...memory(2, offset)];
const store32 = (offset: number): number[] => [0x36, ...memory(2, offset)];
const loadPair = (offset: number): number[] => [0xfd, 0x00, ...memory(4, offset)];
const storePair = (offset: number): number[] => [0xfd, 0x0b, ...memory(4, offset)];
const ADD_PAIRS = [0xfd, 0xf0, 0x01];
const step = (local: number, bytes: number): number[] => [...get(local), ...constant(bytes), ...ADD, ...set(local)];

/** One row of column k. */
function add(k: number): number[] {
  const [sum, count] = [k * SUM_BYTES, k * COUNT_BYTES];
  return [
    [...get(A + k), ...get(ROW), ...ADD, ...loadByte, ...set(BIN)],
    [...get(SUMS), ...get(BIN), ...constant(4), ...SHIFT_LEFT, ...ADD, ...set(AT)],
    [...get(AT), ...get(AT), ...loadPair(sum), ...get(PAIR), ...ADD_PAIRS, ...storePair(sum)],
    [...get(COUNTS), ...get(BIN), ...constant(2), ...SHIFT_LEFT, ...ADD, ...set(AT)],
    [...get(AT), ...get(AT), ...load32(count), ...constant(1), ...ADD, ...store32(count)],
  ].flat();
}

const [BLOCK, LOOP, BRANCH, BRANCH_IF, DONE] = [[0x02, 0x40], [0x03, 0x40], [0x0c], [0x0d], [0x0b]];
const body = [
  [...BLOCK, ...LOOP],
  [...get(PAIRS), ...get(END), ...EQUAL, ...BRANCH_IF, 1],
  [...get(ROWS), ...load32(0), ...set(ROW), ...get(PAIRS), ...loadPair(0), ...set(PAIR)],
  [0, 1, 2, 3].flatMap(add),
  [...step(ROWS, 4), ...step(PAIRS, 16), ...BRANCH, 0],
  [...DONE, ...DONE, ...DONE],
].flat();
/** Three of 32 bits, and the pair. */
const locals = list([
  [3, I32],
  [1, V128],
]);
/** At least one page, at most all 65,536; 1: not shared, 3: shared. */
const importedMemory = (shared: boolean): number[] => [
  ...text('core'),
  ...text('memory'),
  0x02,
  shared ? 3 : 1,
  ...leb(1),
  ...leb(65_536),
];

/** What every module begins with: its mark and version. */
const MAGIC = [0x00, 0x61, 0x73, 0x6d, 0x01, 0x00, 0x00, 0x00];

function kernel(shared: boolean): number[] {
  return [
    ...MAGIC,
    ...section(1, [[0x60, ...list(Array.from({ length: 9 }, () => [I32])), 0]]),
    ...section(2, [importedMemory(shared)]),
    ...section(3, [[0]]),
    ...section(7, [[...text('fill'), 0x00, 0]]),
    ...section(10, [sized([...locals, ...body])]),
  ];
}

const hex = (bytes: readonly number[]): string => Buffer.from(bytes).toString('hex');

/** The text of the generated file. */
export function kernelSource(): string {
  return `// Made by scripts/histogram-kernel.ts.

/** Over a memory that threads share. */
export const SHARED_KERNEL =
  '${hex(kernel(true))}';

/** Over a memory of one thread. */
export const KERNEL =
  '${hex(kernel(false))}';
`;
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const file = new URL('../packages/core/src/model/trees/histogram-kernel.gen.ts', import.meta.url);
  writeFileSync(file, kernelSource());
}
