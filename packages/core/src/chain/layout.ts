/**
 * Where in a chain's state everything stands: slots of the chain, of the aligner and of the driving instrument; then, where there
 * are several instruments, of what they have in common, of each of the others, and of the join.
 */
import { holeSlots } from '../rows/holes.ts';
import { joinSlots } from '../rows/join.ts';
import { ROW_FEATURE_SLOTS } from '../rows/row-features.ts';
import { clockSlots } from './clocks.ts';
import { NO_INSTRUMENT } from './lanes.ts';
import { laneSlots, laneWords, type LaneState } from './lane.ts';
import type { Plan } from './plan.ts';

/** Slots of the chain itself. */
export const ROW_COUNT = 0;
/** Of the driving instrument. */
const REACHED = 1;
export const HOLE_COUNT = 2;
const CHAIN_SLOTS = 3;

/** What instruments have in common: the first event of the chain, while one has had none yet; then how many trades of each wait. */
export const FIRST = 0;
export const TRADES_WAITING = 1;

export interface ChainMemory {
  readonly state: Float64Array;
  /** What is remembered of ids; in a snapshot it stands behind the doubles. */
  readonly words: Uint32Array;
  readonly aligner: Float64Array;
  /** Of the features of rows; none where none are asked for. */
  readonly rows: Float64Array;
  /** In the order of the plan. */
  readonly lanes: readonly LaneState[];
  /** None where there is only one instrument. */
  readonly common: Float64Array;
  /** None where rows hold nothing but one instrument. */
  readonly join: Float64Array;
  /** Of all series. */
  readonly series: Float64Array;
}

/** Instruments in the order of their state: that of the driving clock comes first. */
export function laneOrder({ instruments, clocks, drive }: Plan): readonly number[] {
  const own = clocks[drive].instrument;
  return [own, ...instruments.map((_, i) => i).filter((i) => i !== own)];
}

/** Lays out the state of a cold chain. */
export function layState(plan: Plan): ChainMemory {
  const [own, ...others] = laneOrder(plan);
  const clocksOf = (index: number): number => plan.clocks.filter(({ instrument }) => instrument === index).length;
  const alignerSlots = holeSlots(clocksOf(own));
  const isSeveral = others.length > 0;
  const commonSlots = isSeveral ? TRADES_WAITING + plan.instruments.length : 0;
  // The driving instrument has a place among the lanes of the join, but no clocks there.
  const series = plan.clocks.filter(({ instrument }) => instrument === NO_INSTRUMENT);
  const isJoined = isSeveral || series.length > 0;
  const joined = isJoined ? joinSlots([0, ...others.map(clocksOf), ...series.map(() => 1)]) : 0;
  const seriesSlots = clockSlots(plan, NO_INSTRUMENT);
  const sizes = others.map((index) => 1 + laneSlots(plan, index));
  const rowSlots = plan.rows === undefined ? 0 : ROW_FEATURE_SLOTS;
  const length = CHAIN_SLOTS + alignerSlots + rowSlots + laneSlots(plan, own) + commonSlots + joined + seriesSlots;
  const state = new Float64Array(sizes.reduce((sum, size) => sum + size, length));
  const words = new Uint32Array([own, ...others].reduce((sum, index) => sum + laneWords(plan, index), 0));
  let at = CHAIN_SLOTS;
  let word = 0;
  const next = (size: number): Float64Array => state.subarray(at, (at += size));
  const wordsOf = (index: number): Uint32Array => words.subarray(word, (word += laneWords(plan, index)));
  const aligner = next(alignerSlots);
  const rows = next(rowSlots);
  const lanes: LaneState[] = [];
  lanes[own] = {
    reached: state.subarray(REACHED, REACHED + 1),
    slots: next(laneSlots(plan, own)),
    words: wordsOf(own),
  };
  const common = next(commonSlots);
  for (const index of others)
    lanes[index] = { reached: next(1), slots: next(laneSlots(plan, index)), words: wordsOf(index) };
  return { state, words, aligner, rows, lanes, common, join: next(joined), series: next(seriesSlots) };
}
