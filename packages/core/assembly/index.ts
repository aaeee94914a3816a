/**
 * Loops over columns in WebAssembly, where it pays two rows or bins at a time. Each is a loop in TypeScript once more: the same operations on
 * the same numbers in the same order, unless an order makes no difference to the bits. What they are for, and what they are given,
 * stands in `src/base/vectors/vectors.ts`; those of operators are instructions of a program.
 */
export { execute } from './program/execute';
export { gather } from './program/gather';
export { wideBytes, wideIds, wideNumbers } from './files';
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
