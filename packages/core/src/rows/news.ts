/**
 * Bars of a clock that another instrument's rows have not come to yet: they stand in a row from a latency after they became
 * available, which may be long after they closed here, where this feed is ahead, or before, where it is behind.
 */
import { createQueue, type Queue } from './queue.ts';

/** One clock as rows of another instrument read it. */
export interface NewsClock {
  /** Its running columns; read anew at each call, because they grow. */
  readonly source: {
    readonly data: readonly Float64Array[];
    /** Copies the values of `columns` in row i to `into`, from `at` on, with canonical bits. */
    read(columns: readonly number[], i: number, into: Float64Array, at: number): void;
  };
  /** Columns that rows hold, in schema order. */
  readonly features: readonly number[];
  readonly openTime: number;
  readonly availableAt: number;
  /** Column with the number of bars before each bar since the cold start. */
  readonly ordinal: number;
}

/** What of a bar is kept beside its features, before them. */
const AVAILABLE = 0;
const OPENED = 1;
const ORDINAL = 2;
const FEATURES = 3;

/** Bars in the order in which they became available; the first is the one that rows hold now. */
export interface News extends Pick<Queue, 'count' | 'hasRoom' | 'saveLength' | 'save' | 'load'> {
  /** Takes the bars [from, to) of the clock. */
  take(from: number, to: number): void;
  /** From `time` on there is no bar, until others come: the clock begins anew. */
  forget(time: number): void;
  /** Goes to the newest bar that was available at or before `time`, and says of each on the way when it opened. */
  see(time: number, passed: (opened: number) => void): void;
  /** Whether another bar is current than when its values were last copied. */
  readonly isNew: boolean;
  /** Copies the features of the current bar; NaN before the first. */
  read(into: Float64Array, at: number): void;
  /** Of the current bar; NaN before the first. */
  readonly available: number;
  /** Of the current bar; NaN before the first. */
  readonly ordinal: number;
}

export function createNews({ source, features, openTime, availableAt, ordinal }: NewsClock): News {
  const width = FEATURES + features.length;
  const bars = createQueue(width);
  let isNew = true;
  // The first record stands for the time before the first bar.
  bars.doubles.fill(NaN, bars.add(), width);
  return {
    take(from, to) {
      for (let i = from; i < to; i++) {
        const at = bars.add();
        bars.doubles[at + AVAILABLE] = source.data[availableAt][i];
        bars.doubles[at + OPENED] = source.data[openTime][i];
        bars.doubles[at + ORDINAL] = source.data[ordinal][i];
        source.read(features, i, bars.doubles, at + FEATURES);
      }
    },
    forget(time) {
      const at = bars.add();
      bars.doubles.fill(NaN, at, at + width);
      bars.doubles[at + AVAILABLE] = time;
    },
    see(time, passed) {
      while (bars.count > 1 && bars.doubles[bars.first + width + AVAILABLE] <= time) {
        bars.shift();
        isNew = true;
        passed(bars.doubles[bars.first + OPENED]);
      }
    },
    get isNew() {
      return isNew;
    },
    read(into, at) {
      const { doubles, first } = bars;
      for (let k = 0; k < features.length; k++) into[at + k] = doubles[first + FEATURES + k];
      isNew = false;
    },
    get available() {
      // Where the clock began anew there is no bar, and so no age.
      const { doubles, first } = bars;
      return doubles[first + ORDINAL] === doubles[first + ORDINAL] ? doubles[first + AVAILABLE] : NaN;
    },
    get ordinal() {
      return bars.doubles[bars.first + ORDINAL];
    },
    get count() {
      return bars.count;
    },
    hasRoom: (records) => bars.hasRoom(records),
    get saveLength() {
      return bars.saveLength;
    },
    save: (into, at) => bars.save(into, at),
    load(from, at, count) {
      isNew = true;
      return bars.load(from, at, count);
    },
  };
}
