/**
 * Loops over columns in WebAssembly, two rows or bins at a time. Each is the loop of an operator in TypeScript once more: the same
 * operations on the same numbers in the same order, unless an order makes no difference to the bits. What they are for, and what
 * they are given, stands in `src/base/vectors/vectors.ts`.
 */
export { profile } from './profile';
export { centralSquares, shape } from './moments';
export { flowRatio, meanDistance, pressureRatios } from './windows';
export { windowSums } from './sums';
export { log1ps, logReturns } from './logarithms';
export { boughtAmounts, denseIds, priceDirections, soundTrades, tradeAmounts, tradeReturns } from './trades';
export { partMoments, partPrices, partSums } from './parts';
export {
  chosenOf,
  idsOf,
  longWholesOf,
  onesOf,
  putBytes,
  putOthers,
  scaled,
  sumUp,
  wholesOf,
  writeRanks,
} from './columns';
