import { fault, plantWrap } from '../fault.ts';
import { changeTrades } from '../wrap.ts';

/** The live side has no ids and takes duplicates for trades. */
export const duplicatesKeptLive = fault({
  name: 'duplicates-kept-live',
  imitates: 'a reconnect that replays the last messages',
  plant: plantWrap(
    'live',
    changeTrades((block) => void block.id.fill(NaN)),
  ),
});
