/** What is remembered of the ids that came, so that nothing is called a duplicate whose id was not seen. */
import type { Tape } from '../tape.ts';

/**
 * What is known of an id: it was seen; it comes after all that were seen; it is behind the newest and was not seen; so far
 * behind that what was seen there is not remembered; it is none; it is none that can be ordered, and the kind needs that.
 */
export type Verdict = 'duplicate' | 'ahead' | 'late' | 'forgotten' | 'absent' | 'unfit';

/** The ids of one instrument. All that it remembers is in words of 32 bits, beside the doubles of the chain's state: half the bytes of a snapshot, and no double to be mistaken for a NaN. */
export interface Identity {
  /**
   * Takes the ids of trades [from, to) for as long as each is plainly new (dense: the next; rising: a higher one; unique: not
   * among the newest) or absent. Returns the first that is not so, which it leaves alone, or `to`. `tape`: where these trades may be staged.
   */
  run(ids: Uint32Array, from: number, to: number, tape?: Tape): number;
  /** What is known of the id of trade `i`. */
  know(ids: Uint32Array, i: number): Verdict;
  /** Takes the id of trade `i` into what was seen. */
  learn(ids: Uint32Array, i: number): void;
  /** How many ids are missing between the newest and that of trade `i`, which is ahead; 0 where the kind cannot know. */
  missing(ids: Uint32Array, i: number): number;
  /** Writes the words of the newest id; false before the first, and where there is no newest. */
  newest(into: Uint32Array): boolean;
  /** The words were replaced: what is derived from them is made anew. */
  restored(): void;
}

/** Writes a number of 64 bits; true. */
export function writeNumber(into: Uint32Array, low: number, high: number): true {
  into[0] = low;
  into[1] = high;
  into[2] = into[3] = 0;
  return true;
}
