/** A table that grows: what an engine emits, row after row, in memory that is used again for the next stretch. */
export interface Table {
  /** Row after row; views of what has been added so far, replaced as rows come. */
  readonly values: Float64Array;
  /** Microseconds, one per row. */
  readonly times: Float64Array;
}

export interface GrowingTable extends Table {
  /** Makes room for `rows` more rows of `width` and returns where the first of them starts in `values`. */
  extend(rows: number, width: number): number;
  /** Lets the first `rows` rows go. */
  drop(rows: number): void;
  clear(): void;
}

export function createTable(): GrowingTable {
  let valueRoom = new Float64Array(1024);
  let timeRoom = new Float64Array(64);
  const table = {
    values: valueRoom.subarray(0, 0),
    times: timeRoom.subarray(0, 0),
    extend(rows: number, width: number): number {
      const start = table.values.length;
      const length = start + rows * width;
      if (length > valueRoom.length) valueRoom = larger(valueRoom, length);
      if (table.times.length + rows > timeRoom.length) timeRoom = larger(timeRoom, table.times.length + rows);
      table.times = timeRoom.subarray(0, table.times.length + rows);
      table.values = valueRoom.subarray(0, length);
      return start;
    },
    drop(rows: number): void {
      const [values, times] = [table.values.length, table.times.length];
      const gone = times === 0 ? 0 : (values / times) * rows;
      valueRoom.copyWithin(0, gone, values);
      timeRoom.copyWithin(0, rows, times);
      table.values = valueRoom.subarray(0, values - gone);
      table.times = timeRoom.subarray(0, times - rows);
    },
    clear(): void {
      table.values = valueRoom.subarray(0, 0);
      table.times = timeRoom.subarray(0, 0);
    },
  };
  return table;
}

function larger(room: Float64Array, length: number): Float64Array<ArrayBuffer> {
  const next = new Float64Array(2 * length);
  next.set(room);
  return next;
}
