import { idText, setId } from 'minotaur-core/internal/trades/id';
import { fault, plantWrap } from '../fault.ts';
import { changeTrades } from '../wrap.ts';

/** Ids of 19 digits go through a double: neighbours become equal. */
export const idAsDouble = fault({
  name: 'id-as-double',
  imitates: 'JSON.parse of a message whose id is a number of 19 digits',
  plant: plantWrap(
    'live',
    changeTrades(({ length, id }) => {
      for (let i = 0; i < length; i++) {
        const number = Number(idText(id, i));
        if (!Number.isNaN(number)) setId(id, i, BigInt(number));
      }
    }),
  ),
});
