/**
 * The nodes of a graph as a program over the memory that columns and state lie in: instruction after instruction, each the `run` of
 * an operator once more, for any number of rows. One call takes a row through all of them, where a call a node would wait for
 * the objects that describe it.
 */
import { addition, atLeast, atMost, both, choice, constant, difference, equal, greater, less, product, quotient, size } from './arithmetic';
import { adxAverage, atr, balance, ema, macd } from './averages';
import { dayOfMonth, dayOfWeek, hourOfDay, isWeekend, monthOfYear, weekOfYear } from './calendar';
import { cycleCos, cycleSin, sine } from './curves';
import { highest, lowest } from './extremes';
import { logarithm, logOnePlus, logReturn } from './logarithms';
import { buyingPressure, directional, moneyFlow, obv, trueRange, typicalPrice } from './movement';
import { candleShadows, candleSteps, candleTraits, pattern } from './patterns';
import { atrPercent, bands, rangeDistance, rangePosition, regime, settle, valid } from './ranges';
import { cycleMean, flowRatio, lag, meanDistance, pressureRatios, rateOfChange, rollingShape, rollingStd, sma, varianceAround, volumeProfile, wma } from './windows';

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

/** One instruction; returns how many rows it did. Their numbers are the places in `INSTRUCTIONS` of the TypeScript side. */
function step(p: usize, at: usize, rows: i32): i32 {
  switch (load<i32>(p)) {
    case 1:
      addition(p, at, rows);
      return rows;
    case 2:
      difference(p, at, rows);
      return rows;
    case 3:
      product(p, at, rows);
      return rows;
    case 4:
      quotient(p, at, rows);
      return rows;
    case 5:
      constant(p, at, rows);
      return rows;
    case 6:
      size(p, at, rows);
      return rows;
    case 7:
      greater(p, at, rows);
      return rows;
    case 8:
      less(p, at, rows);
      return rows;
    case 9:
      atLeast(p, at, rows);
      return rows;
    case 10:
      atMost(p, at, rows);
      return rows;
    case 11:
      equal(p, at, rows);
      return rows;
    case 12:
      both(p, at, rows);
      return rows;
    case 13:
      choice(p, at, rows);
      return rows;
    case 14:
      return sma(p, at, rows);
    case 15:
      return rollingStd(p, at, rows);
    case 16:
      varianceAround(p, at, rows);
      return rows;
    case 17:
      rollingShape(p, at, rows);
      return rows;
    case 18:
      meanDistance(p, at, rows);
      return rows;
    case 19:
      flowRatio(p, at, rows);
      return rows;
    case 20:
      pressureRatios(p, at, rows);
      return rows;
    case 21:
      return volumeProfile(p, at, rows);
    case 22:
      lag(p, at, rows);
      return rows;
    case 23:
      rateOfChange(p, at, rows);
      return rows;
    case 24:
      lowest(p, at, rows);
      return rows;
    case 25:
      highest(p, at, rows);
      return rows;
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
      obv(p, at, rows);
      return rows;
    case 33:
      moneyFlow(p, at, rows);
      return rows;
    case 34:
      buyingPressure(p, at, rows);
      return rows;
    case 35:
      trueRange(p, at, rows);
      return rows;
    case 36:
      typicalPrice(p, at, rows);
      return rows;
    case 37:
      rangeDistance(p, at, rows);
      return rows;
    case 38:
      rangePosition(p, at, rows);
      return rows;
    case 39:
      atrPercent(p, at, rows);
      return rows;
    case 40:
      bands(p, at, rows);
      return rows;
    case 41:
      valid(p, at, rows);
      return rows;
    case 42:
      settle(p, at, rows);
      return rows;
    case 43:
      return pattern(p, at, rows);
    case 44:
      candleShadows(p, at, rows);
      return rows;
    case 45:
      candleSteps(p, at, rows);
      return rows;
    case 46:
      candleTraits(p, at, rows);
      return rows;
    case 47:
      wma(p, at, rows);
      return rows;
    case 48:
      cycleMean(p, at, rows);
      return rows;
    case 49:
      regime(p, at, rows);
      return rows;
    case 50:
      hourOfDay(p, at, rows);
      return rows;
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
      logarithm(p, at, rows);
      return rows;
    case 60:
      logOnePlus(p, at, rows);
      return rows;
    case 61:
      logReturn(p, at, rows);
      return rows;
    default:
      return 0;
  }
}
