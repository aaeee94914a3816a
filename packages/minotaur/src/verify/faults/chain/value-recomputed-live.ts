import { fault, plantWrap } from '../fault.ts';
import { changeTrades } from '../wrap.ts';

/** The live side multiplies price and quantity where history has the value that the exchange gives. */
export const valueRecomputedLive = fault({
  name: 'value-recomputed-live',
  imitates: 'quote_qty in files, absent in the stream',
  plant: plantWrap(
    'live',
    changeTrades((block) => void block.quoteQuantity.fill(NaN)),
  ),
});
