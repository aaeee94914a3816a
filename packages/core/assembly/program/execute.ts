/**
 * The nodes of a graph as a program over the memory that columns and state lie in: instruction after instruction, each the `run` of
 * an operator once more, for any number of rows. One call takes a row through all of them, where a call a node would wait for
 * the objects that describe it.
 */
import {
  addition,
  atLeast,
  atMost,
  both,
  choice,
  constant,
  difference,
  equal,
  greater,
  less,
  product,
  quotient,
  size,
} from './arithmetic';
import { adxAverage, atr, balance, ema, macd } from './averages';
import { dayOfMonth, dayOfWeek, hourOfDay, isWeekend, monthOfYear, weekOfYear } from './calendar';
import { cycleCos, cycleSin, sine } from './curves';
import { cyclePhase, hilbert } from './cycles';
import { divergence } from './divergence';
import { highest, lowest } from './extremes';
import { logarithm, logOnePlus, logReturn } from './logarithms';
import { buyingPressure, directional, moneyFlow, obv, trueRange, typicalPrice } from './movement';
import { candleShadows, candleSteps, candleTraits, pattern } from './patterns';
import { atrPercent, bands, rangeDistance, rangePosition, regime, settle, valid } from './ranges';
import { shapes } from './shapes';
import {
  cycleMean,
  flowRatio,
  lag,
  meanDistance,
  pressureRatios,
  rateOfChange,
  rollingShape,
  rollingStd,
  sma,
  varianceAround,
  volumeProfile,
  wma,
} from './windows';

/**
 * One instruction; returns how many rows it did. Their numbers are the places in `INSTRUCTIONS` of `src/features/contract/instruction.ts`. One
 * switch over all, which the compiler puts into one function with what they do: a table of functions takes two fifths longer.
 */
function step(p: usize, at: usize, rows: i32): i32 {
  switch (load<i32>(p)) {
    case 1:
      return addition(p, at, rows);
    case 2:
      return difference(p, at, rows);
    case 3:
      return product(p, at, rows);
    case 4:
      return quotient(p, at, rows);
    case 5:
      return constant(p, at, rows);
    case 6:
      return size(p, at, rows);
    case 7:
      return greater(p, at, rows);
    case 8:
      return less(p, at, rows);
    case 9:
      return atLeast(p, at, rows);
    case 10:
      return atMost(p, at, rows);
    case 11:
      return equal(p, at, rows);
    case 12:
      return both(p, at, rows);
    case 13:
      return choice(p, at, rows);
    case 14:
      return sma(p, at, rows);
    case 15:
      return rollingStd(p, at, rows);
    case 16:
      return varianceAround(p, at, rows);
    case 17:
      return rollingShape(p, at, rows);
    case 18:
      return meanDistance(p, at, rows);
    case 19:
      return flowRatio(p, at, rows);
    case 20:
      return pressureRatios(p, at, rows);
    case 21:
      return volumeProfile(p, at, rows);
    case 22:
      return lag(p, at, rows);
    case 23:
      return rateOfChange(p, at, rows);
    case 24:
      return lowest(p, at, rows);
    case 25:
      return highest(p, at, rows);
    case 26:
      return ema(p, at, rows);
    case 27:
      return balance(p, at, rows);
    case 28:
      return macd(p, at, rows);
    case 29:
      return atr(p, at, rows);
    case 30:
      return adxAverage(p, at, rows);
    case 31:
      return directional(p, at, rows);
    case 32:
      return obv(p, at, rows);
    case 33:
      return moneyFlow(p, at, rows);
    case 34:
      return buyingPressure(p, at, rows);
    case 35:
      return trueRange(p, at, rows);
    case 36:
      return typicalPrice(p, at, rows);
    case 37:
      return rangeDistance(p, at, rows);
    case 38:
      return rangePosition(p, at, rows);
    case 39:
      return atrPercent(p, at, rows);
    case 40:
      return bands(p, at, rows);
    case 41:
      return valid(p, at, rows);
    case 42:
      return settle(p, at, rows);
    case 43:
      return pattern(p, at, rows);
    case 44:
      return candleShadows(p, at, rows);
    case 45:
      return candleSteps(p, at, rows);
    case 46:
      return candleTraits(p, at, rows);
    case 47:
      return wma(p, at, rows);
    case 48:
      return cycleMean(p, at, rows);
    case 49:
      return regime(p, at, rows);
    case 50:
      return hourOfDay(p, at, rows);
    case 51:
      return dayOfWeek(p, at, rows);
    case 52:
      return isWeekend(p, at, rows);
    case 53:
      return dayOfMonth(p, at, rows);
    case 54:
      return monthOfYear(p, at, rows);
    case 55:
      return weekOfYear(p, at, rows);
    case 56:
      return sine(p, at, rows);
    case 57:
      return cycleSin(p, at, rows);
    case 58:
      return cycleCos(p, at, rows);
    case 59:
      return logarithm(p, at, rows);
    case 60:
      return logOnePlus(p, at, rows);
    case 61:
      return logReturn(p, at, rows);
    case 62:
      return shapes(p, at, rows);
    case 63:
      return divergence(p, at, rows);
    case 64:
      return hilbert(p, at, rows);
    case 65:
      return cyclePhase(p, at, rows);
    default:
      return 0;
  }
}

/**
 * Runs instructions from `p` on, that of node `node`, over `rows` rows `at` bytes behind row 0, until one is left to the loop in TypeScript:
 * the end, an operator without an instruction, or one that goes no further. Returns its node, and writes to `done` how many rows it did.
 */
export function execute(done: usize, p: usize, node: i32, at: usize, rows: i32): i32 {
  let finished = step(p, at, rows);
  for (; finished == rows; node++) {
    p += <usize>load<u32>(p, 4);
    finished = step(p, at, rows);
  }
  store<i32>(done, finished);
  return node;
}
