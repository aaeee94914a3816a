/** Rows as partitions of Parquet files, as query engines read them: `instruments=…/schema=…/epoch=…/rows-FIRST.parquet`. */
import { existsSync, readdirSync, rmSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { writeWhole } from '../files/atomic.ts';
import { readBlocks } from '../files/parquet/row-blocks.ts';
import { createTableWriter, type TableColumn } from '../files/parquet/table-writer.ts';
import { lockDirectory } from '../node/lock.ts';
import { makeDirectory } from '../node/writing.ts';
import { createReplaced } from './replaced.ts';
import { sendRows, type RowChain, type RowStore, type StoreOptions, type StorePlace } from './row-store.ts';
import { failOther, type RowSource, type SinkBlock } from './sink-rows.ts';

/** Rows of a file: it holds the ordinals from a multiple of it on, so that a row has one place whoever brings it. */
const FILE_ROWS = 8192;

/** The value of a partition as readers of partitions take it apart: no part of it is a folder of its own, or a pattern. */
const partition = (key: string, value: string): string =>
  `${key}=${encodeURIComponent(value).replaceAll(/[!'()*]/g, (sign) => `%${sign.charCodeAt(0).toString(16).toUpperCase()}`)}`;

/** Rows of a file on their way. */
interface Place {
  readonly chain: RowChain;
  readonly epoch: number;
  /** Ordinal of the first that it may hold. */
  readonly from: number;
}

/**
 * Opens partitions under `out`; what is there stays, and a row of other bits is refused. With `replace` the rows of an epoch go from
 * the first on that is put of it: file by file, each whole, the new ones first. The folder is its own until it is closed: of two that
 * write a file anew the later one would lose the rows of the earlier.
 * @throws {MinotaurError} of kind `state` where another process writes there
 */
export function openPartitions(out: string, { replace = false }: StoreOptions = {}): RowStore {
  const lock = lockDirectory(out, LOCK, 'a folder of partitions that no other sink writes');
  const replaced = replace ? createReplaced() : undefined;
  /** Of each folder of which rows go: the ordinal from which on they do. */
  const going = new Map<string, { readonly from: number; readonly written: Set<string> }>();
  let part: ReturnType<typeof createPart> | undefined;
  let at: Place | undefined;

  const folderOf = ({ instruments, schemaId }: RowChain, epoch: number): string =>
    join(out, partition('instruments', instruments), `schema=${schemaId}`, `epoch=${epoch}`);
  const flush = async (): Promise<void> => {
    if (at === undefined || part === undefined) return;
    const { chain, epoch, from } = at;
    at = undefined;
    const folder = folderOf(chain, epoch);
    makeDirectory(folder);
    const name = fileName(from);
    const gone = going.get(folder);
    await part.writeTo(join(folder, name), {
      chain,
      epoch,
      from,
      until: gone === undefined || gone.written.has(name) ? Infinity : gone.from,
    });
    gone?.written.add(name);
  };
  return {
    places: (topic) => readPlaces(out, topic),
    async put(chain, block) {
      const first = replaced?.from(chain, block);
      if (first !== undefined) going.set(folderOf(chain, block.epoch), { from: first, written: new Set() });
      if (at?.chain.schemaId !== chain.schemaId || at.chain.instruments !== chain.instruments) await flush();
      if (part?.schemaId !== chain.schemaId) part = createPart(chain);
      for (let i = 0; i < block.count; i++) {
        const ordinal = block.ordinal + i;
        const from = ordinal - (ordinal % FILE_ROWS);
        if (at?.epoch !== block.epoch || at.from !== from) {
          await flush();
          at = { chain, epoch: block.epoch, from };
        }
        part.add(block, i, ordinal - from);
      }
    },
    async settle(places) {
      await flush();
      for (const [folder, { from, written }] of going) {
        const before = fileName(from - (from % FILE_ROWS));
        for (const name of readdirSync(folder))
          if (FILE.test(name) && name > before && !written.has(name)) rmSync(join(folder, name));
      }
      going.clear();
      if (places === undefined) return;
      // Of a topic all partitions stand in one file; those that are not told are as they were.
      const all = new Map([...(await readPlaces(out, places.topic)), ...places.partitions]);
      makeDirectory(out);
      writeWhole(placePath(out, places.topic), `${JSON.stringify(Object.fromEntries(all), null, 1)}\n`);
    },
    written: () => undefined,
    close: () => Promise.resolve(lock.release()),
  };
}

async function readPlaces(out: string, topic: string): Promise<Map<number, StorePlace>> {
  const path = placePath(out, topic);
  if (!existsSync(path)) return new Map();
  const found = JSON.parse(await readFile(path, 'utf8')) as Record<string, StorePlace>;
  return new Map(Object.entries(found).map(([number, place]) => [Number(number), place]));
}

const FILE = /^rows-\d{12}\.parquet$/;
const fileName = (from: number): string => `rows-${String(from).padStart(12, '0')}.parquet`;
/** Readers of partitions pass over names that begin with a line. */
const LOCK = '_sink.lock';
const placePath = (out: string, topic: string): string => join(out, `_place-${topic}.json`);

/**
 * Writes rows into partitions under `out`; what is there stays.
 * @throws {MinotaurError} where a row of other bits stands in its place
 */
export async function writePartitions(
  source: RowSource,
  out: string,
  told: (rows: number) => Promise<void>,
): Promise<number> {
  return (await sendRows(Promise.resolve(openPartitions(out)), source, told)).rows;
}

/** The rows of a file, column by column. */
function createPart({ schemaId, columns: names }: RowChain) {
  const types: TableColumn[] = [
    { name: 'ordinal', type: 'BIGINT' },
    { name: 'time', type: 'BIGINT' },
    ...names.map((name): TableColumn => ({ name, type: 'DOUBLE' })),
    { name: 'ready', type: 'BOOLEAN' },
    { name: 'complete', type: 'BOOLEAN' },
  ];
  const columns = types.map(() => new Float64Array(FILE_ROWS));
  const has = new Uint8Array(FILE_ROWS);
  return {
    schemaId,
    add({ values, width, time, ready, complete, ordinal }: SinkBlock, i: number, at: number): void {
      has[at] = 1;
      columns[0][at] = ordinal + i;
      columns[1][at] = time[i];
      for (let c = 0; c < width; c++) columns[c + 2][at] = values[i * width + c];
      columns[width + 2][at] = ready[i];
      columns[width + 3][at] = complete[i];
    },
    /** With the rows that are there before `until`; where none came that is not, and none goes, nothing is written. */
    async writeTo(path: string, { chain, epoch, from, until }: Place & { readonly until: number }): Promise<void> {
      let fresh = has.reduce((sum, one) => sum + one, 0);
      let gone = 0;
      if (existsSync(path)) {
        for await (const { count, columns: there } of readBlocks(
          path,
          types.map(({ name }) => name),
        )) {
          for (let r = 0; r < count; r++) {
            const at = there[0][r] - from;
            if (there[0][r] >= until) {
              gone++;
              continue;
            }
            if (has[at] === 1) {
              if (columns.some((column, c) => !Object.is(column[at], there[c][r])))
                failOther(path, chain, epoch, from + at);
              fresh--;
              continue;
            }
            has[at] = 1;
            for (let c = 0; c < columns.length; c++) columns[c][at] = there[c][r];
          }
        }
      }
      if (fresh === 0 && gone === 0) return void has.fill(0);
      const table = createTableWriter(path, types);
      try {
        for (let at = 0; at < FILE_ROWS;) {
          const start = has.indexOf(1, at);
          if (start < 0) break;
          const gap = has.indexOf(0, start);
          at = gap < 0 ? FILE_ROWS : gap;
          table.appendColumns(at - start, columns, start);
        }
        table.commit();
      } finally {
        table.abort();
      }
      has.fill(0);
    },
  };
}
