import { fault, plantWrap } from '../fault.ts';
import { changeTrades } from '../wrap.ts';

/** Prices come through float32 in the live feed. */
export const float32Feed = fault({
  name: 'float32-feed',
  imitates: 'a protobuf field of type float',
  plant: plantWrap(
    'live',
    changeTrades(({ price, length }) => price.set(Float32Array.from(price.subarray(0, length)))),
  ),
});
