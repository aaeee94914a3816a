/** Rows on their way to another system: each with the name that it has in every store. */
import { fail } from 'minotaur-core/internal/base/errors';
import { createSchema } from 'minotaur-core/internal/base/schema';
import type { RowBlock } from 'minotaur-core/internal/rows/align';
import type { Instrument } from 'minotaur-core/internal/trades/instrument';
import { openJournal } from '../journal/reader.ts';
import { planOfManifest, type Manifest } from '../store/manifest.ts';
import { readRows, rowsIn } from '../store/rows.ts';

/** Whose rows they are. */
export interface RowSource {
  /** {@link nameOfInstruments} */
  readonly instruments: string;
  readonly schemaId: string;
  /** In order. */
  readonly columns: readonly string[];
  /** In order, each row once; a block is valid until the next is asked for. */
  blocks(): AsyncGenerator<SinkBlock>;
}

/** Rows that follow each other. */
export interface SinkBlock extends RowBlock {
  /** Counts cold restarts. With the ordinal it names a row of a chain. */
  readonly epoch: number;
  /** Of the first row: rows of its epoch before it. */
  readonly ordinal: number;
}

/** A row of a chain as it is named in every store. */
export const KEY = ['instruments', 'schema', 'epoch', 'ordinal'] as const;

/** A build has one history; it is that of a session's first epoch. */
const EPOCH_OF_BUILDS = 0;
const BLOCK = 256;

/** `VENUE:SYMBOL`, without the venue where it is not known, joined by `+`; of a symbol's own `%`, `+` and `:` the codes as in addresses. */
export function nameOfInstruments(instruments: readonly Pick<Instrument, 'symbol' | 'venue'>[]): string {
  return instruments
    .map(({ symbol, venue }) => (venue === null ? '' : `${venue}:`) + symbol.replaceAll(/[%+:]/g, encodeURIComponent))
    .join('+');
}

/** Refuses a row that stands where one of other bits is: it is of another history of the same chain. */
export function failOther(
  where: string,
  { instruments, schemaId }: Pick<RowSource, 'instruments' | 'schemaId'>,
  epoch: number,
  ordinal: number,
): never {
  return fail(
    'state',
    where,
    `the row that is there: ${instruments}, schema ${schemaId.slice(0, 12)}, epoch ${epoch}, ordinal ${ordinal}`,
    'one of other bits (a build from another start? remove the rows of that chain first, or put these elsewhere)',
  );
}

/**
 * The rows that a build or replay left in `directory`.
 * @throws {MinotaurError} where there are none, or it is not known which of their chain they are
 */
export function rowsOfRun(directory: string): RowSource {
  const rows = rowsIn(directory);
  const { instruments, schemaId, columns, digestFrom } = rows.manifest;
  const first = rows.manifest.firstRow ?? (/^0+$/.test(digestFrom) ? 0 : undefined);
  if (first === undefined)
    fail('state', directory, 'rows whose ordinals are known', 'those of an older version: build them again');
  return {
    instruments: nameOfInstruments(instruments),
    schemaId,
    columns,
    async *blocks() {
      let ordinal = first;
      for await (const block of readRows(rows, columns)) {
        yield { ...block, epoch: EPOCH_OF_BUILDS, ordinal };
        ordinal += block.count;
      }
    },
  };
}

/**
 * The rows on record in the journal in `directory`.
 * @throws {MinotaurError} where there is none, or its columns cannot be told
 */
export function rowsOfJournal(directory: string): RowSource {
  const journal = openJournal(directory);
  const [opening] = journal.records();
  if (opening === undefined) fail('input', directory, 'a journal with records', 'none');
  const { header } = opening;
  const schemaId = createSchema(header.schema).id;
  const columns = planOfManifest({ config: header.config, schemaId } as Manifest)?.columns;
  if (columns === undefined)
    fail(
      'state',
      directory,
      'a journal of this version, of a chain without own operators',
      'one whose columns cannot be told',
    );
  return {
    instruments: nameOfInstruments(header.instruments),
    schemaId,
    columns,
    async *blocks() {
      const block = createBlock(columns.length);
      let { epoch } = header;
      // A session that went on after a crash may have said rows again, to the same bits.
      let next = 0;
      // Records of a segment share its header.
      let same = header;
      for (const { record, header: own, segment } of journal.records()) {
        if (own !== same && createSchema(own.schema).id !== schemaId)
          fail('state', segment, `rows of schema ${schemaId}`, 'another');
        same = own;
        if (record.kind === 'start' || record.kind === 'epoch') {
          if (block.rows.count > 0) yield block.take();
          if (record.epoch !== epoch) next = 0;
          ({ epoch } = record);
        }
        if (record.kind !== 'row' || record.ordinal < next) continue;
        const { count } = block.rows;
        if (count === BLOCK || (count > 0 && record.ordinal !== block.ordinal + count)) yield block.take();
        block.add(epoch, record);
        next = record.ordinal + 1;
      }
      if (block.rows.count > 0) yield block.take();
    },
  };
}

/** Rows of a journal come one by one. */
function createBlock(width: number) {
  const rows = {
    count: 0,
    width,
    time: new Float64Array(BLOCK),
    ready: new Float64Array(BLOCK),
    complete: new Float64Array(BLOCK),
    values: new Float64Array(BLOCK * width),
  };
  const block = {
    rows,
    epoch: 0,
    ordinal: 0,
    add(
      epoch: number,
      row: { ordinal: number; time: number; ready: boolean; complete: boolean; values: Float64Array },
    ): void {
      const at = rows.count++;
      if (at === 0) Object.assign(block, { epoch, ordinal: row.ordinal });
      rows.time[at] = row.time;
      rows.ready[at] = Number(row.ready);
      rows.complete[at] = Number(row.complete);
      rows.values.set(row.values, at * width);
    },
    take(): SinkBlock {
      const taken = { ...rows, epoch: block.epoch, ordinal: block.ordinal };
      rows.count = 0;
      return taken;
    },
  };
  return block;
}
