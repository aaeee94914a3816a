import { idText, setId } from 'minotaur-core/internal/trades/id';
import { fault, plantWrap } from '../fault.ts';
import { changeTrades } from '../wrap.ts';

/** Only the newest id is remembered: a trade that comes again behind another one is a new one. */
export const duplicateBehindGap = fault({
  name: 'duplicate-behind-gap',
  imitates: 'a check against the last id alone',
  plant: plantWrap('both', (inner) => (sinks) => {
    const seen = new Set<string>();
    let newest = '';
    const engine = changeTrades(({ length, id }) => {
      for (let i = 0; i < length; i++) {
        const own = idText(id, i);
        if (own !== newest && seen.has(own)) setId(id, i, undefined);
        seen.add(own);
        newest = own;
      }
    })(inner)(sinks);
    return { ...engine, restore: (bytes) => (seen.clear(), engine.restore(bytes)) };
  }),
});
