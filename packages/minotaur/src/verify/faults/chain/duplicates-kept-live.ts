import { fault, plantWrap } from '../fault.ts';
import { idText, setId } from 'minotaur-core/internal/trades/id';
import { changeTrades } from '../wrap.ts';

/** The live side numbers trades itself, so that a trade that comes again is a new one. */
export const duplicatesKeptLive = fault({
  name: 'duplicates-kept-live',
  imitates: 'a reconnect that replays the last messages',
  plant: plantWrap('live', (inner) => (sinks) => {
    let newest = '';
    const engine = changeTrades(({ length, id }) => {
      for (let i = 0; i < length; i++) {
        if (idText(id, i) === newest) setId(id, i, undefined);
        else newest = idText(id, i);
      }
    })(inner)(sinks);
    return { ...engine, restore: (bytes) => ((newest = ''), engine.restore(bytes)) };
  }),
});
