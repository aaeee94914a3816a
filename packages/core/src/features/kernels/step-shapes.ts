import { shape } from './shape.ts';
import {
  BLACK,
  CLOSE_DOWN,
  CLOSE_OVER_OPEN,
  CLOSE_UNDER_OPEN,
  CLOSE_UP,
  GAP_DOWN,
  GAP_UP,
  HIGH_DOWN,
  HIGH_UP,
  LOW_DOWN,
  LOW_UP,
  OPEN_DOWN,
  OPEN_OVER_CLOSE,
  OPEN_UNDER_CLOSE,
  OPEN_UP,
  WHITE,
} from './traits.ts';

/** Shapes of patterns that need no average: bits of `candle_steps`, of the newest candle first. */
export const STEP_SHAPES = {
  cdl3linestrike: [
    shape(100, BLACK | OPEN_OVER_CLOSE, WHITE | CLOSE_UP, WHITE | CLOSE_UP),
    shape(-100, WHITE | OPEN_UNDER_CLOSE, BLACK | CLOSE_DOWN, BLACK | CLOSE_DOWN),
  ],
  cdl3outside: [
    shape(100, CLOSE_UP, WHITE | CLOSE_OVER_OPEN | OPEN_UNDER_CLOSE, BLACK),
    shape(-100, CLOSE_DOWN, BLACK | OPEN_OVER_CLOSE | CLOSE_UNDER_OPEN, WHITE),
  ],
  cdlengulfing: [
    shape(100, { has: WHITE, not: CLOSE_UNDER_OPEN | OPEN_OVER_CLOSE }, BLACK),
    shape(-100, { has: BLACK, not: OPEN_UNDER_CLOSE | CLOSE_OVER_OPEN }, WHITE),
  ],
  cdlgapsidesidewhite: [shape(100, WHITE, WHITE | GAP_UP), shape(-100, WHITE, WHITE | GAP_DOWN)],
  cdlhikkake: [shape(100, HIGH_DOWN | LOW_DOWN, HIGH_DOWN | LOW_UP), shape(-100, HIGH_UP | LOW_UP, HIGH_DOWN | LOW_UP)],
  cdlhikkakemod: [
    shape(100, HIGH_DOWN | LOW_DOWN, HIGH_DOWN | LOW_UP, HIGH_DOWN | LOW_UP),
    shape(-100, HIGH_UP | LOW_UP, HIGH_DOWN | LOW_UP, HIGH_DOWN | LOW_UP),
  ],
  cdlmatchinglow: [shape(100, BLACK, BLACK)],
  cdlsticksandwich: [shape(100, BLACK, WHITE, BLACK)],
  cdltasukigap: [
    shape(100, BLACK | OPEN_UNDER_CLOSE | OPEN_UP | CLOSE_UNDER_OPEN, WHITE | GAP_UP),
    shape(-100, WHITE | OPEN_DOWN | OPEN_OVER_CLOSE | CLOSE_OVER_OPEN, BLACK | GAP_DOWN),
  ],
  cdlxsidegap3methods: [
    shape(100, BLACK | OPEN_UNDER_CLOSE | OPEN_UP, WHITE | GAP_UP),
    shape(-100, WHITE | OPEN_DOWN | OPEN_OVER_CLOSE, BLACK | GAP_DOWN),
  ],
};
