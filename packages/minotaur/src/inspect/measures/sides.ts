/** Whose side sides are: where the taker bought the price went up, or it did not go down. */
import type { Taken } from './taken.ts';

/** What sides say, and whether the tick rule says the same. */
export interface SidesReport {
  /** Trades that the taker bought. */
  readonly bought: number;
  /** Trades that the taker sold. */
  readonly sold: number;
  /** Trades without a side. */
  readonly unknown: number;
  /** Trades with a side and a price other than that of the one before: those that the tick rule is asked of. */
  readonly asked: number;
  /** Share of these that were bought on a rise or sold on a fall; null of none. */
  readonly agreement: number | null;
  /**
   * `agree`; `reversed`: they mean the other side; `unclear`: too few, or neither; `none`: there are no sides; `untold`: in which order
   * the trades were made is not known.
   */
  readonly verdict: 'agree' | 'reversed' | 'unclear' | 'none' | 'untold';
}

/** Without a verdict, where there would be one. */
export const untold = (sides: SidesReport): SidesReport =>
  sides.asked < ENOUGH ? sides : { ...sides, asked: 0, agreement: null, verdict: 'untold' };

/** Trades that it takes for a verdict. */
const ENOUGH = 30;
/** From this share on sides agree; as little as the rest of it, and they are the other way round. */
const AGREE = 0.6;

export function createSides() {
  let [bought, sold, unknown, asked, agreed] = [0, 0, 0, 0, 0];
  return {
    add({ tape }: Taken): void {
      for (let i = 0; i < tape.length; i++) {
        const amount = tape.bought[i];
        if (amount !== amount) {
          unknown++;
          continue;
        }
        const isBought = amount > 0;
        if (isBought) bought++;
        else sold++;
        const direction = tape.direction[i];
        if (direction === 0 || direction !== direction) continue;
        asked++;
        if (direction > 0 === isBought) agreed++;
      }
    },
    report(): SidesReport {
      const agreement = asked === 0 ? null : agreed / asked;
      const verdict = bought + sold === 0 ? 'none' : verdictOf(agreement ?? 0, asked);
      return { bought, sold, unknown, asked, agreement, verdict };
    },
  };
}

function verdictOf(agreement: number, asked: number): 'agree' | 'reversed' | 'unclear' {
  if (asked < ENOUGH) return 'unclear';
  if (agreement >= AGREE) return 'agree';
  return agreement <= 1 - AGREE ? 'reversed' : 'unclear';
}
