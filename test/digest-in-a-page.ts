/**
 * What runs in a page and in its worker: the bundle of minotaur-core, over trades that are fetched, to a digest of its rows.
 * Its text is handed to the browser, so nothing outside the functions may be used in them.
 */
import type { ConfigInput } from '../packages/core/src/config/config.ts';

type Core = typeof import('../packages/core/src/index.ts');

export interface Task {
  readonly config: ConfigInput;
  /** Trades to take before the snapshot; the rest follow. */
  readonly before: number;
  /** A snapshot at /state.bin to go on from, with the trades after `before` alone. */
  readonly resume: boolean;
}

export interface Outcome {
  readonly columns: number;
  readonly rows: number;
  /** SHA-256 of the rows as `RowDigest` has it. */
  readonly digest: string;
  /** SHA-256 of the snapshots after `before` trades and at the end. */
  readonly snapshots: readonly string[];
  /** Values that are numbers. */
  readonly values: number;
}

/** In a page or in a worker: both have `fetch` and modules. */
export async function digestRows({ config, before, resume }: Task): Promise<Outcome> {
  const bundle = '/core.js';
  const core = (await import(bundle)) as Core;
  const bytesAt = async (path: string): Promise<ArrayBuffer> => (await fetch(path)).arrayBuffer();
  // The chain of hashes as it is written down: the link so far and the hash of the row.
  const links = new Uint8Array(64);
  let rows = 0;
  let values = 0;
  const engine = core.createEngine(config, {
    onRows: (block) => {
      for (let r = 0; r < block.count; r++) {
        const row = block.values.subarray(r * block.width, (r + 1) * block.width);
        const flags = block.ready[r] + 2 * (1 - block.complete[r]);
        const bytes = new Uint8Array(Float64Array.of(block.time[r], ...row, flags).buffer);
        core.portableHashing.writeSha256(bytes, links, 32);
        core.portableHashing.writeSha256(links, links, 0);
        for (const value of row) if (!Number.isNaN(value)) values++;
      }
      rows += block.count;
    },
  });
  const memory = await bytesAt('/trades.bin');
  // Five columns: four of doubles, and an id of four words.
  const length = memory.byteLength / 48;
  const [time, price, quantity, side] = [0, 1, 2, 3].map((k) => new Float64Array(memory, 8 * k * length, length));
  const trades = { length, time, id: new Uint32Array(memory, 32 * length), price, quantity, side };
  const snapshots: string[] = [];
  const keep = (): void => {
    snapshots.push(core.portableHashing.sha256().update(engine.snapshot()).hex());
  };
  if (resume) engine.restore(new Uint8Array(await bytesAt('/state.bin')));
  else engine.push(core.sliceTrades(trades, 0, before));
  keep();
  engine.push(core.sliceTrades(trades, before, length));
  keep();
  const digest = Array.from(links.subarray(0, 32), (byte) => byte.toString(16).padStart(2, '0')).join('');
  return { columns: engine.columns.length, rows, digest, snapshots, values };
}
