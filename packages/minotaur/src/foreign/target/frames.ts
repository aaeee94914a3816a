/** Frames between Minotaur and the runner: the length of a JSON text in four bytes, the text, and as many bytes as its `bytes` says. */
import type { ForeignTable } from '../table/table.ts';
import type { Answer, Asked, Failed, Seen } from './target.ts';

/** The facts of a frame. */
export type Facts = Readonly<Record<string, unknown>>;

export interface Frame {
  readonly facts: Facts;
  readonly bytes: Buffer;
}

/** Longest text of a frame: more is no frame. */
const MOST_TEXT = 1 << 28;

/** Takes frames out of chunks as they come. @throws where they are none */
export function frameReader(onFrame: (frame: Frame) => void): (chunk: Buffer) => void {
  let parts: Buffer[] = [];
  let size = 0;
  let wanted = 4;
  return (chunk) => {
    parts.push(chunk);
    size += chunk.length;
    while (size >= wanted) {
      const all = parts.length === 1 ? parts[0] : Buffer.concat(parts);
      const text = all.readUInt32LE(0);
      if (text > MOST_TEXT) throw new Error('the runner wrote what is no frame');
      let end = 4 + text;
      let facts: Facts = {};
      if (all.length >= end) {
        facts = JSON.parse(all.toString('utf8', 4, end)) as Facts;
        end += facts['bytes'] as number;
      }
      parts = [all];
      wanted = end;
      if (all.length < end) return;
      parts = [all.subarray(end)];
      size = parts[0].length;
      wanted = 4;
      onFrame({ facts, bytes: all.subarray(end - (facts['bytes'] as number), end) });
    }
  };
}

/** A frame as its bytes. */
export function frameOf(facts: Facts, payload: Buffer): Buffer[] {
  const text = Buffer.from(JSON.stringify({ ...facts, bytes: payload.length }));
  const head = Buffer.alloc(4);
  head.writeUInt32LE(text.length);
  return [head, text, payload];
}

/** A run as the runner is asked for it. */
export function requestOf(asked: Asked, id: number, timeout: number): Buffer[] {
  const { table, zone, seed, watch, clock, twice } = asked;
  const columns = table.columns.map(({ name, type, words }) => ({
    name,
    type,
    ...(words && { words }),
    ...(type === 'time' && { as: table.form }),
  }));
  const { rows, time, index } = table;
  return frameOf(
    { op: 'run', id, zone, seed, watch, clock, twice, timeout, columns, rows, time, index },
    bytesOf(table),
  );
}

function bytesOf({ columns, rows }: ForeignTable): Buffer {
  const bytes = Buffer.alloc(columns.length * rows * 8);
  columns.forEach(({ values }, k) =>
    bytes.set(Buffer.from(values.buffer, values.byteOffset, values.byteLength), k * rows * 8),
  );
  return bytes;
}

/** What the runner answered. */
export function answerOf({ facts, bytes }: Frame): Answer | Failed {
  const why = failureOf(facts);
  if (why !== undefined) return { failed: why };
  const rows = facts['rows'] as number;
  const names = facts['columns'] as readonly string[];
  const keys = facts['keys'] as readonly ('time' | 'position')[];
  const doubles = new Float64Array(new Uint8Array(bytes).buffer);
  const column = (k: number): Float64Array => doubles.subarray(k * rows, (k + 1) * rows);
  return {
    rows,
    columns: new Map(names.map((name, k) => [name, column(keys.length + k)])),
    words: facts['words'] as readonly string[],
    ...Object.fromEntries(keys.map((key, k) => [key, column(k)])),
    seconds: facts['seconds'] as number,
    seen: facts['seen'] as readonly Seen[],
  };
}

/** In a line why the code or the runner could not do what was asked; undefined where it could. */
export function failureOf(facts: Facts): string | undefined {
  const { error, at, expected, found } = facts as Readonly<Record<string, string | undefined>>;
  if (error !== undefined) return at === undefined || at === '' ? error : `${error} (${at})`;
  return expected === undefined ? undefined : `it gave back ${found}, where ${expected} was expected`;
}
