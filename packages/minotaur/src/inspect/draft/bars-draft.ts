/** Configurations that may suit bars that somebody made: slower clocks and features whose rows become ready early in the span. */
import { MICROS_PER_SECOND, parseSpan } from 'minotaur-core/internal/base/time';
import { createPlan } from 'minotaur-core/internal/chain/plan';
import { parseConfig, type ConfigInput } from 'minotaur-core/internal/config/config';
import { barFeatures, BAR_SETS, type BarSet } from './bar-sets.ts';
import { READY_WITHIN, type DraftBase } from './draft.ts';

/** What of bars a draft is made by. */
export interface BarsSpan {
  /** Bars. */
  readonly rows: number;
  /** Seconds from one to the next; null where they are no bars of time. */
  readonly interval: number | null;
  /** Columns that the files have. */
  readonly columns: readonly string[];
}

/** A configuration to be tried. */
export interface BarsDraft {
  readonly set: BarSet;
  /** The clock of the bars, which drives, and those that are made of it, the slowest last. */
  readonly given: string;
  readonly slower: readonly string[];
  readonly config: ConfigInput;
}

/** What of a configuration is settled before there is a draft. */
export type BarsBase = Pick<DraftBase, 'symbol' | 'instruments' | 'calendars' | 'input'> & Pick<ConfigInput, 'bars'>;

/** So much of the part of the span in which rows are to be ready may be taken by what is figured: bars may be missing. */
const MARGIN = 0.7;
/** Lengths that people look at. */
const LENGTHS = ['1s', '5s', '15s', '1min', '5min', '15min', '1hour', '4hour', '1day', '1week'];
/** A slower bar is of so many, at the least and at the most. */
const LEAST = 3;
const MOST = 30;
/** Bars of a slower one, where they are no bars of time, or no length that people look at is a multiple of theirs. */
const COUNTS = [5, 25];

/** The richest first: of each set of features with all slower clocks, and with fewer. Those that cannot be ready early enough are left out, but for the last. */
export function barsDraftsOf(span: BarsSpan, base: BarsBase): BarsDraft[] {
  const slower = slowerClocks(span.interval);
  const all = BAR_SETS.flatMap((set) =>
    [2, 1, 0].map((many) => ({ ...draftOf(set, span, slower.slice(0, many), base), slow: slower.slice(0, many) })),
  );
  const fits = ({ config, slow }: (typeof all)[number]): boolean => {
    const needed = createPlan(parseConfig(config)).clocks.map(
      ({ warmup }, c) => warmup.bars * (slow[c - 1]?.bars ?? 1),
    );
    return Math.max(...needed) <= MARGIN * READY_WITHIN * span.rows;
  };
  return all.filter((draft, i) => i === all.length - 1 || fits(draft));
}

/** A clock that is made of the given one, and how many bars of that it takes. */
interface SlowerClock {
  readonly name: string;
  readonly settings: Readonly<Record<string, string | number>>;
  readonly bars: number;
}

function slowerClocks(interval: number | null): SlowerClock[] {
  const clocks: SlowerClock[] = [];
  if (interval !== null) {
    let before = interval;
    for (const name of LENGTHS) {
      const seconds = parseSpan(name) / MICROS_PER_SECOND;
      const isNext = seconds % interval === 0 && seconds >= LEAST * before && seconds <= MOST * interval;
      if (!isNext || clocks.length === COUNTS.length) continue;
      clocks.push({ name, settings: { every: name }, bars: seconds / interval });
      before = seconds;
    }
  }
  if (clocks.length > 0) return clocks;
  return COUNTS.map((count) => ({ name: `of${count}`, settings: { count }, bars: count }));
}

/** `1min`: what a clock of bars so long is called. */
function nameOf(interval: number | null): string {
  return LENGTHS.find((name) => parseSpan(name) / MICROS_PER_SECOND === interval) ?? 'given';
}

function draftOf(
  set: BarSet,
  { interval, columns }: BarsSpan,
  slow: readonly SlowerClock[],
  base: BarsBase,
): BarsDraft {
  const given = nameOf(interval);
  const features = [barFeatures(set, columns), set.features.slow, set.features.slowest];
  const names = [given, ...slow.map(({ name }) => name)];
  const config: ConfigInput = {
    ...base,
    clocks: {
      [given]: { bars: 'given' },
      ...Object.fromEntries(slow.map(({ name, settings }) => [name, { from: given, ...settings }])),
    },
    drive: given,
    ready: { tolerance: set.tolerance },
    features: Object.fromEntries(names.map((name, i) => [name, features[i]])),
  };
  return { set, given, slower: names.slice(1), config };
}
