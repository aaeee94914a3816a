/**
 * Memory that trees are trained in, and the loop that sums their gradients: WebAssembly where the runtime has it, else JavaScript.
 * Both add the same numbers in the same order, so they give the same bits.
 */
import { fail } from '../../base/errors.ts';
import { KERNEL, SHARED_KERNEL } from './histogram-kernel.gen.ts';

/** What training needs of a memory; what WebAssembly calls one, where there is WebAssembly. */
export interface Memory {
  readonly buffer: ArrayBufferLike;
}

/**
 * For each row r of `rows`, while `pairs` is below `end`: adds its pair (gradient, hessian) to cell x[r] of `sums` and 1 to that of
 * `counts`, for each of four columns x of bytes. All are addresses in bytes; the cells of a column follow those of the one before.
 */
export type Fill = (
  sums: number,
  counts: number,
  a: number,
  b: number,
  c: number,
  d: number,
  rows: number,
  pairs: number,
  end: number,
) => void;

/** Cells of a column; in a cell of sums two doubles. */
export const CELLS = 256;
export const SUM_BYTES = 16 * CELLS;
export const COUNT_BYTES = 4 * CELLS;

interface WebAssemblyParts {
  readonly Memory: new (limits: { initial: number; maximum: number; shared?: boolean }) => Memory;
  readonly Module: new (bytes: Uint8Array) => object;
  readonly Instance: new (module: object, imports: object) => { readonly exports: { readonly fill: Fill } };
}

/** That of the runtime; one that forbids it, as a page's policy may, throws when it is used. */
const { WebAssembly: assembly } = globalThis as unknown as { readonly WebAssembly?: WebAssemblyParts };

const PAGE_BYTES = 65_536;
/** What 32 bits address. */
const MAX_PAGES = 65_536;

/** `bytes` of zeros, which threads may share if `shared`. */
export function createMemory(bytes: number, shared: boolean): Memory {
  const pages = Math.ceil(bytes / PAGE_BYTES);
  const found = `${Math.ceil(bytes / 1e6).toLocaleString('en')} MB`;
  if (pages > MAX_PAGES)
    fail('input', 'trees', 'rows, columns and leaves that take 4 GiB of memory or less to train on', found);
  try {
    if (assembly === undefined) return { buffer: new ArrayBuffer(bytes) };
    return new assembly.Memory({ initial: pages, maximum: MAX_PAGES, ...(shared && { shared }) });
  } catch {
    return fail('input', 'trees', 'as much memory as training takes', `none of ${found}`);
  }
}

function bytesOfHex(hex: string): Uint8Array {
  return Uint8Array.from({ length: hex.length / 2 }, (_, i) => parseInt(hex.slice(2 * i, 2 * i + 2), 16));
}

/** The loop over `memory`. */
export function createFill(memory: Memory): Fill {
  try {
    if (assembly !== undefined && memory instanceof assembly.Memory) {
      const shared = !(memory.buffer instanceof ArrayBuffer);
      const module = new assembly.Module(bytesOfHex(shared ? SHARED_KERNEL : KERNEL));
      return new assembly.Instance(module, { core: { memory } }).exports.fill;
    }
  } catch {
    // Forbidden, or without 128-bit numbers.
  }
  return createFillLoop(memory);
}

/** The loop in JavaScript. */
export function createFillLoop({ buffer }: Memory): Fill {
  const doubles = new Float64Array(buffer, 0, Math.floor(buffer.byteLength / 8));
  const words = new Uint32Array(buffer, 0, Math.floor(buffer.byteLength / 4));
  const bytes = new Uint8Array(buffer);
  return (sums, counts, a, b, c, d, rows, pairs, end) => {
    let row = rows / 4;
    for (let pair = pairs / 8; pair < end / 8; pair += 2) {
      const r = words[row++];
      for (let k = 0; k < 4; k++) {
        const bin = bytes[(k === 0 ? a : k === 1 ? b : k === 2 ? c : d) + r];
        const at = (sums + k * SUM_BYTES) / 8 + 2 * bin;
        doubles[at] += doubles[pair];
        doubles[at + 1] += doubles[pair + 1];
        words[(counts + k * COUNT_BYTES) / 4 + bin]++;
      }
    }
  };
}
