/** Candlestick patterns where there is none, which is nearly always so. */
import { column, number, stateOf } from './operands';

/**
 * A row that comes alone. Numbers: the bits of the pattern's shapes, and how many rows in a row must have shapes, 0 where
 * that is not counted. Where there is a shape, or none is known, it is left to the loop in TypeScript, as blocks are.
 */
export function pattern(p: usize, at: usize, rows: i32): i32 {
  const found = load<f64>(column(p, 0, at));
  if (rows != 1 || found != found || (<i32>found & <i32>number(p, 4, 0)) != 0) return 0;
  const known = number(p, 4, 1);
  let value: f64 = 0;
  if (known > 0) {
    const state = stateOf(p, 2);
    let clean = load<f64>(state);
    if (clean < known) {
      store<f64>(state, ++clean);
      if (clean < known) value = NaN;
    }
  }
  store<f64>(column(p, 1, at), value);
  return 1;
}
