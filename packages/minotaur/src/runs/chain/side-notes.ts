/** Whether sides agree with the tick rule throughout: judged by samples, so that it costs a trade next to nothing. */
import { figure, percent } from 'minotaur-core/internal/base/figures';
import type { TradeBlock } from 'minotaur-core/internal/trades/trade';

/** What samples of an instrument's sides have said so far. */
export interface SideNotes {
  /** Rows [from, to) of a block; `place` is asked for rows of it before the next call. */
  hear(block: TradeBlock, from: number, to: number, place: (row: number) => string): void;
  /** In words, after whose instrument it is; undefined where nothing has to be said. */
  report(): string | undefined;
}

/** All of the first trades are looked at, since a file may be short, and of the others some of each so many. */
const WHOLE = 65_536;
const SAMPLE = 256;
const EVERY = 8192;

/** Changes of the price to a part, by which it is judged. */
const PART = 200;
/** As `inspect` judges: from this share on sides agree, and as little as the rest of it they are the other way round. */
const AGREE = 0.6;
/** Parts that are no chance, where others agree. */
const PARTS = 2;
/** So many times what chance would be off, of all. */
const BEYOND_CHANCE = 4;

export function createSideNotes(): SideNotes {
  let [heard, asked, agreed, partAsked, partAgreed] = [0, 0, 0, 0, 0];
  let [parts, agreeing, reversed] = [0, 0, 0];
  let [began, first] = ['', ''];
  const look = ({ price, side }: TradeBlock, from: number, to: number, place: (row: number) => string): void => {
    for (let i = from; i < to; i++) {
      const step = price[i] - price[i - 1];
      // A side that is none, or a word that is not known.
      if (!(step > 0 || step < 0) || !(side[i] === 1 || side[i] === -1)) continue;
      if (partAsked === 0) began = place(i);
      partAsked++;
      if (step > 0 === side[i] > 0) partAgreed++;
      if (partAsked === PART) endPart();
    }
  };
  const endPart = (): void => {
    const share = partAgreed / PART;
    parts++;
    if (share >= AGREE) agreeing++;
    if (share <= 1 - AGREE && reversed++ === 0) first = began;
    asked += partAsked;
    agreed += partAgreed;
    partAsked = partAgreed = 0;
  };
  return {
    hear(block, from, to, place) {
      let i = from;
      while (i < to) {
        const at = heard < WHOLE ? 0 : heard % EVERY;
        const isLooked = at < SAMPLE;
        const many = Math.min(to - i, heard < WHOLE ? WHOLE - heard : (isLooked ? SAMPLE : EVERY) - at);
        // The price before stands in the same block, or not at all.
        if (isLooked) look(block, Math.max(i, 1), i + many, place);
        heard += many;
        i += many;
      }
    },
    report() {
      const isMixed = reversed >= PARTS && agreeing >= PARTS;
      if (isMixed)
        return `sides agree with the tick rule in ${figure(agreeing)} of ${figure(parts)} parts that were looked at, and say the opposite in ${figure(reversed)}, the first from ${first} on: is it the other side there?`;
      if (asked === 0 || (0.5 - agreed / asked) * 2 * Math.sqrt(asked) < BEYOND_CHANCE) return undefined;
      return `sides agree with the tick rule in ${percent(agreed / asked)} of ${figure(asked)} changes of the price that were looked at, worse than chance: is it the other side (\`input: { sideMeans }\`)?`;
    },
  };
}
