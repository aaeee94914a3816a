/** A stretch of the events of several instruments, as they are given to a chain. */
import { copyTrades } from 'minotaur-core/internal/trades/trade';
import type { Reach } from './reach.ts';
import { HISTORY, STRETCH, type Stretch } from './stretch.ts';
import {
  garbleTurns,
  lengthOfTurn,
  moveTurn,
  pushInTurn,
  pushTurn,
  seeTurns,
  sliceTurn,
  timeInTurn,
  type Turn,
} from './turns.ts';

/** A stretch of turns, none of them copied; `before` is how far the feeds had come before it. */
export function severalStretch(turns: readonly Turn[], before: Reach): Stretch {
  /** Of each turn: events before it. */
  const starts: number[] = [];
  let length = 0;
  let [start, end] = [Infinity, -Infinity];
  for (const turn of turns) {
    starts.push(length);
    length += lengthOfTurn(turn);
    for (let i = 0; i < lengthOfTurn(turn); i++) {
      const time = timeInTurn(turn, i);
      if (time === -Infinity) continue;
      start = Math.min(start, time);
      end = Math.max(end, time);
    }
  }
  const turnOf = (event: number): number => {
    let [low, high] = [0, turns.length - 1];
    while (low < high) {
      const middle = (low + high + 1) >> 1;
      if (starts[middle] <= event) low = middle;
      else high = middle - 1;
    }
    return low;
  };
  const cut = (from: number, to: number): Turn[] => {
    const taken: Turn[] = [];
    for (let t = turnOf(from); t < turns.length && starts[t] < to; t++) {
      const [first, last] = [Math.max(0, from - starts[t]), Math.min(lengthOfTurn(turns[t]), to - starts[t])];
      if (first < last) taken.push(sliceTurn(turns[t], first, last));
    }
    return taken;
  };
  return {
    length,
    start,
    end,
    turns: { list: turns, before },
    push(engine, from, to) {
      for (const turn of cut(from, to)) pushTurn(engine, turn, HISTORY);
    },
    pushOne(engine, i) {
      const t = turnOf(i);
      pushInTurn(engine, turns[t], i - starts[t], HISTORY);
    },
    slice: (from, to) => severalStretch(cut(from, to), seeTurns(before.copy(), cut(0, from))),
    moved: (micros) =>
      severalStretch(
        turns.map((turn) => moveTurn(turn, micros)),
        before.moved(micros),
      ),
    copy: () => severalStretch(turns.map(copyTurn), before),
    plain: (from) => ({ kind: 'turns', turns: cut(from, length).map(copyTurn) }),
    garble: (from, to, variant) =>
      severalStretch(
        garbleTurns(cut(0, to), (i) => i >= from, variant, before),
        before,
      ),
  };
}

const copyTurn = (turn: Turn): Turn =>
  turn.kind === 'trades' ? { ...turn, block: copyTrades(turn.block) } : { ...turn };

/** How stretches of turns are cut. */
export interface TurnCuts {
  /** How far the feeds have come: nowhere. */
  readonly reach: Reach;
  /** Events of a stretch at most. */
  readonly each?: number;
  /** Microseconds of a stretch at most, unless a single event is longer. */
  readonly span?: number;
}

/** Turns as stretches; what they hold is copied, because sources reuse their buffers. */
export async function* cutTurns(
  turns: AsyncIterable<Turn> | Iterable<Turn>,
  { reach, each = STRETCH, span = Infinity }: TurnCuts,
): AsyncGenerator<Stretch> {
  let taken: Turn[] = [];
  let length = 0;
  let start = NaN;
  let before = reach.copy();
  const whole = (): Stretch => {
    const stretch = severalStretch(taken, before);
    before = seeTurns(before.copy(), taken);
    taken = [];
    length = 0;
    start = NaN;
    return stretch;
  };
  for await (const turn of turns) {
    for (let from = 0; from < lengthOfTurn(turn);) {
      if (Number.isNaN(start) && timeInTurn(turn, from) > 0) start = timeInTurn(turn, from);
      let to = from;
      while (to < lengthOfTurn(turn) && length + to - from < each && !(timeInTurn(turn, to) - start > span)) to++;
      if (to === from && length === 0) to++;
      if (to > from) taken.push(copyTurn(sliceTurn(turn, from, to)));
      length += to - from;
      from = to;
      if (length >= each || from < lengthOfTurn(turn)) yield whole();
    }
  }
  if (length > 0) yield whole();
}
