/**
 * The footer of a Parquet file. What it says of a row group is kept as numbers until the end, and put into words one group at a
 * time: a wide table has tens of thousands of column chunks, and an object for each was what a long build's memory grew by.
 */
import { ByteWriter } from 'hyparquet-writer/src/bytewriter.js';
import { serializeTCompactProtocol } from 'hyparquet-writer/src/thrift.js';
import type { TableColumn } from './parquet-pages.ts';

/** Key of the footer's metadata under which a file says what it is. */
export const FACTS_KEY = 'minotaur';

/** Begins and ends a file. */
export const MAGIC = 0x31524150;

/** A column of a row group in the file: where it begins, its bytes before compression, its bytes, 1 where it is compressed. */
export type ChunkFacts = readonly [start: number, uncompressed: number, compressed: number, isCompressed: number];
const FACTS = 4;

export interface RowGroup {
  readonly rows: number;
  readonly bytes: number;
  /** Of all columns, one behind the other. */
  readonly chunks: Float64Array;
}

export function rowGroup(rows: number, bytes: number, chunks: readonly ChunkFacts[]): RowGroup {
  return { rows, bytes, chunks: Float64Array.from(chunks.flat()) };
}

// Numbers of the format's enumerations.
const TYPES = { BOOLEAN: 0, BIGINT: 2, DOUBLE: 5, VARCHAR: 6 } as const;
const [PLAIN, RLE] = [0, 3];
const [UNCOMPRESSED, ZSTD] = [0, 6];
const REQUIRED = 0;
const UTF8 = 0;
// Of Thrift's compact protocol.
const [LIST, STRUCT] = [9, 12];
/** Elements whose number fits into the first byte of a list; 15 says that it is behind. */
const FEW = 14;

type Fields = Parameters<typeof serializeTCompactProtocol>[1];

/** Fields of a structure whose last field before them is `after`, without the byte that ends it. */
function appendFields(bytes: ByteWriter, after: number, fields: Fields): void {
  const own = new ByteWriter(1 << 16);
  serializeTCompactProtocol(own, fields);
  const text = own.getBytes().subarray(0, -1);
  // A field is named by its distance from the one before it, in the upper half of its first byte.
  text[0] -= after << 4;
  bytes.appendBytes(text);
}

/** @param flush called when there may be much to be written */
export function appendFooter(
  bytes: ByteWriter,
  {
    columns,
    groups,
    facts,
  }: { columns: readonly TableColumn[]; groups: readonly RowGroup[]; facts: object | undefined },
  flush: () => void,
): void {
  const start = bytes.offset;
  const rows = groups.reduce((sum, group) => sum + group.rows, 0);
  const schema = columns.map(({ name, type }) => ({
    field_1: TYPES[type],
    field_3: REQUIRED,
    field_4: name,
    ...(type === 'VARCHAR' ? { field_6: UTF8 } : {}),
  }));
  const root = { field_4: 'table', field_5: columns.length };
  appendFields(bytes, 0, { field_1: 2, field_2: [root, ...schema], field_3: BigInt(rows) });
  bytes.appendUint8((1 << 4) | LIST);
  bytes.appendUint8((Math.min(groups.length, FEW + 1) << 4) | STRUCT);
  if (groups.length > FEW) bytes.appendVarInt(groups.length);
  for (const group of groups) {
    serializeTCompactProtocol(bytes, groupFields(group, columns));
    flush();
  }
  appendFields(bytes, 4, {
    ...(facts === undefined ? {} : { field_5: [{ field_1: FACTS_KEY, field_2: JSON.stringify(facts) }] }),
    field_6: 'minotaur',
    // How the values of each column are ordered: as its type is.
    field_7: columns.map(() => ({ field_1: {} })),
  });
  bytes.appendUint8(0);
  bytes.appendUint32(bytes.offset - start);
  bytes.appendUint32(MAGIC);
}

function groupFields({ rows, bytes, chunks }: RowGroup, columns: readonly TableColumn[]): Fields {
  return {
    field_1: columns.map(({ name, type }, k) => {
      const [start, uncompressed, compressed, isCompressed] = chunks.subarray(FACTS * k, FACTS * (k + 1));
      return {
        field_2: BigInt(start),
        field_3: {
          field_1: TYPES[type],
          field_2: [PLAIN, RLE],
          field_3: [name],
          field_4: isCompressed === 1 ? ZSTD : UNCOMPRESSED,
          field_5: BigInt(rows),
          field_6: BigInt(uncompressed),
          field_7: BigInt(compressed),
          field_9: BigInt(start),
        },
      };
    }),
    field_2: BigInt(bytes),
    field_3: BigInt(rows),
  };
}
