import { fault, plantWrap } from '../fault.ts';
import { changeTrades } from '../../harness/wrap.ts';

/** The live side numbers trades itself, so that a trade that comes again is a new one. */
export const duplicatesKeptLive = fault({
  name: 'duplicates-kept-live',
  imitates: 'a reconnect that replays the last messages',
  plant: plantWrap('live', (inner) => (sinks) => {
    let newest = 0;
    const engine = changeTrades(({ length, id }) => {
      for (let i = 0; i < length; i++) {
        if (id[i] === newest) id[i] = NaN;
        else newest = id[i];
      }
    })(inner)(sinks);
    return { ...engine, restore: (bytes) => ((newest = 0), engine.restore(bytes)) };
  }),
});
