/** A row of values that lie in as many columns. */

/** The quiet NaN with an empty payload. */
const NOT_A_NUMBER: u64 = 0x7ff8000000000000;

/**
 * Copies values to `into`, with canonical bits: `columns` holds the addresses of row 0 of `count` columns, of which the row `at` bytes
 * behind is meant.
 */
export function gather(columns: usize, count: i32, at: usize, into: usize): void {
  for (const end = columns + ((<usize>count) << 2); columns < end; columns += 4, into += 8) {
    const value = load<f64>(<usize>load<u32>(columns) + at);
    store<u64>(into, value == value ? reinterpret<u64>(value + 0) : NOT_A_NUMBER);
  }
}
