/** `min` and `max` once more. */
import { bytesOf, column, number, stateOf } from './operands';

const CLEAN: usize = 0;
const AGE: usize = 8;
const BEST: usize = 16;

export function lowest(p: usize, at: usize, rows: i32): i32 {
  extreme(p, at, rows, false);
  return rows;
}

export function highest(p: usize, at: usize, rows: i32): i32 {
  extreme(p, at, rows, true);
  return rows;
}

function beats(value: f64, best: f64, high: bool): bool {
  return high ? value >= best : value <= best;
}

function extreme(p: usize, at: usize, rows: i32, high: bool): void {
  let x = column(p, 0, at);
  const away = column(p, 1, at) - x;
  const state = stateOf(p, 2);
  const n = number(p, 4, 0);
  const back = bytesOf(<i32>n);
  let clean = load<f64>(state, CLEAN);
  let place = x - 8 - bytesOf(<i32>load<f64>(state, AGE));
  let best = load<f64>(state, BEST);
  for (const end = x + bytesOf(rows); x < end; x += 8) {
    const value = load<f64>(x);
    if (clean == 0 || beats(value, best, high)) {
      best = value;
      place = x;
    } else if (place + back <= x) {
      place = x - back + 8;
      best = load<f64>(place);
      for (let k = place + 8; k <= x; k += 8) {
        const other = load<f64>(k);
        if (beats(other, best, high)) {
          best = other;
          place = k;
        }
      }
    }
    if (clean < n) clean++;
    if (value != value) clean = 0;
    store<f64>(x + away, clean < n ? NaN : best);
  }
  store<f64>(state, clean, CLEAN);
  // Without a valid row there is none: what is remembered must not depend on the length of a gap.
  store<f64>(state, clean == 0 ? 0 : <f64>(<i32>((x - 8 - place) >> 3)), AGE);
  store<f64>(state, clean == 0 ? 0 : best, BEST);
}
