/**
 * What an instruction is followed by: the addresses of row 0 of the columns that it reads, of those that it writes, and that of its
 * state, four bytes each, and four bytes of nothing where that makes an odd number; then numbers, eight bytes each.
 */

/** Bytes before the first address: which instruction it is, and how long. */
const HEAD: usize = 8;

/** The address of a row `at` bytes behind row 0 of column k. */
export function column(p: usize, k: usize, at: usize): usize {
  return <usize>load<u32>(p + HEAD + 4 * k) + at;
}

/** The state, which stands behind k columns. */
export function stateOf(p: usize, k: usize): usize {
  return <usize>load<u32>(p + HEAD + 4 * k);
}

/** Number k, behind so many addresses, the one that fills up included. */
export function number(p: usize, addresses: usize, k: usize): f64 {
  return load<f64>(p + HEAD + 4 * addresses + 8 * k);
}

/** Bytes of so many rows. */
export function bytesOf(rows: i32): usize {
  return (<usize>rows) << 3;
}
