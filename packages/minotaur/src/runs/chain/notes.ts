/** What of events that are believed somebody should look at: days without any, where no id would tell, and prices far from the one before. */
import { figure } from 'minotaur-core/internal/base/figures';
import { formatTime, MICROS_PER_DAY } from 'minotaur-core/internal/base/time';
import type { Instrument } from 'minotaur-core/internal/trades/instrument';
import type { Turn } from '../../files/feeds/cursor.ts';
import { placeOf } from '../../files/trades/source-block.ts';
import { createBarGaps, gapWords, type BarGaps } from './bar-gaps.ts';
import { createSideNotes, type SideNotes } from './side-notes.ts';

export interface Notes {
  /** Hears of what is read, before the chain does. */
  hear(turn: Turn): void;
  /** In words. */
  report(): string[];
}

/** A price so many times the one before, or as little of it, is a split or a mistake, or what was sold in a panic. */
const FAR = 1.5;
/** So many steps are no splits any more. */
const MANY = 20;
/** Days that are named. */
const NAMED = 3;

/** Of an instrument, so far. */
interface Story {
  price: number;
  day: number;
  /** Steps from one event to the next that are on the same day or the next one, and all others. */
  near: number;
  wide: number;
  /** Days of the week with events. */
  readonly weekdays: Set<number>;
  /** Days without one between two that have. */
  readonly silent: number[];
  jumps: number;
  first: string | undefined;
  readonly sides: SideNotes;
  /** Of each clock whose bars are given. */
  readonly gaps: Map<string, BarGaps>;
}

export function createNotes(instruments: readonly Instrument[]): Notes {
  const stories = new Map<string, Story>();
  const storyOf = (name: string): Story => {
    const story = stories.get(name) ?? beginStory();
    stories.set(name, story);
    return story;
  };
  return {
    hear(turn) {
      if (turn.kind === 'trades') {
        const { read, from, to, instrument } = turn;
        const story = storyOf(instrument);
        const place = (i: number): string => placeOf(read, i);
        for (let i = from; i < to; i += STRETCH) hearTrades(story, read.block, i, Math.min(to, i + STRETCH), place);
        story.sides.hear(read.block, from, to, place);
      } else if (turn.kind === 'bars') {
        const story = storyOf(turn.instrument);
        const place = (row: number): string => turn.block.place(row);
        const gaps = story.gaps.get(turn.clock) ?? createBarGaps();
        story.gaps.set(turn.clock, gaps);
        for (let i = turn.from; i < turn.to; i++) {
          const { open, close, open_time: time } = turn.block.at(i);
          hearDay(story, time);
          gaps.add(time, () => place(i));
          hearPrice(story, open, i, place);
          if (close > 0) story.price = close;
        }
      }
    },
    report: () =>
      instruments.flatMap((instrument) => {
        const story = stories.get(instrument.name);
        return story === undefined
          ? []
          : [
              ...daysOf(story, instrument),
              ...jumpsOf(story, instrument),
              ...sidesOf(story, instrument),
              ...gapsOf(story, instrument),
            ];
      }),
  };
}

const beginStory = (): Story => ({
  price: NaN,
  day: NaN,
  near: 0,
  wide: 0,
  weekdays: new Set(),
  silent: [],
  jumps: 0,
  first: undefined,
  sides: createSideNotes(),
  gaps: new Map(),
});

/** Rows that are heard of in one call. */
const STRETCH = 2048;

/** Prices and times of a block. */
interface Heard {
  readonly time: Float64Array;
  readonly price: Float64Array;
}

function hearTrades(story: Story, heard: Heard, from: number, to: number, place: (i: number) => string): void {
  const { time, price } = heard;
  // As far as the price of the story is of.
  let told = from;
  for (let i = from; i < to; i = quietTo(heard, i + 1, to, (story.day + 1) * MICROS_PER_DAY)) {
    if (!(time[i] < (story.day + 1) * MICROS_PER_DAY)) hearDay(story, time[i]);
    const before = i > from ? price[i - 1] : story.price;
    if (isNear(price[i], before)) continue;
    story.price = priceBefore(story, price, told, i);
    told = i;
    hearPrice(story, price[i], i, place);
  }
  story.price = priceBefore(story, price, told, to);
}

/**
 * The first row from `from` on that is not before midnight, or whose price is not near that of the row before; `to` where none is. Most
 * trades are passed over. By itself and in short loops, because one that is left for what has hardly ever run is run by the
 * interpreter in every block until it is compiled anew.
 */
function quietTo({ time, price }: Heard, from: number, to: number, midnight: number): number {
  let i = from;
  while (i < to && time[i] < midnight && isNear(price[i], price[i - 1])) i++;
  return i;
}

/** Whether it is neither up by half nor down by a third; false where one of both is none. */
const isNear = (price: number, before: number): boolean => price * FAR >= before && price <= FAR * before;

/** The last price before row `to` that is one; that of the story where none has been since `from`. */
function priceBefore(story: Story, price: Float64Array, from: number, to: number): number {
  for (let i = to - 1; i >= from; i--) if (price[i] > 0) return price[i];
  return story.price;
}

function hearDay(story: Story, time: number): void {
  const day = Math.floor(time / MICROS_PER_DAY);
  if (day !== day || day < 0) return;
  if (day > story.day + 1) {
    story.wide++;
    for (let silent = story.day + 1; silent < day && story.silent.length < MOST; silent++) story.silent.push(silent);
  } else story.near++;
  if (!(day <= story.day)) {
    story.day = day;
    story.weekdays.add(day % 7);
  }
}

/** Silent days that are remembered: years of them. */
const MOST = 10_000;

/** @param place says where a row is; handed on as it is, since one made in a loop would cost every row its own */
function hearPrice(story: Story, price: number, row: number, place: (row: number) => string): void {
  const { price: before } = story;
  if (!(price > 0 && before > 0) || isNear(price, before)) return;
  story.jumps++;
  story.first ??= `from ${before} to ${price} at ${place(row)}`;
}

/** Days that ids do not tell of. A day of the week that never has any is no session. */
function daysOf({ silent, weekdays, near, wide }: Story, { name, ids, officialGaps }: Instrument): string[] {
  if ((ids === 'dense' && !officialGaps) || near < wide) return [];
  const often = new Map<number, number>();
  for (const day of silent) often.set(day % 7, (often.get(day % 7) ?? 0) + 1);
  const missing = silent.filter((day) => weekdays.has(day % 7) || often.get(day % 7) === 1);
  if (missing.length === 0) return [];
  const named = missing.slice(0, NAMED).map((day) => formatTime(day * MICROS_PER_DAY).slice(0, 10));
  const more = missing.length > NAMED ? ', ...' : '';
  const days = missing.length === 1 ? 'day' : 'days';
  return [`${name}: nothing at all on ${missing.length} ${days} between others, ${named.join(', ')}${more} (UTC)`];
}

function jumpsOf({ jumps, first }: Story, { name, adjustments }: Instrument): string[] {
  if (jumps === 0 || first === undefined) return [];
  const isMany = jumps >= MANY;
  const others = '; so many are no split: quantities in the place of prices, or trades of several instruments';
  const splits = isMany ? others : adjustments.length > 0 ? '' : '; a split is declared with `adjustments`';
  const times = jumps === 1 ? 'once' : `${figure(jumps)} times`;
  return [`${name}: the price steps up by half or down by a third ${times}, first ${first}${splits}`];
}

function sidesOf({ sides }: Story, { name }: Instrument): string[] {
  const words = sides.report();
  return words === undefined ? [] : [`${name}: ${words}`];
}

function gapsOf({ gaps }: Story, { name }: Instrument): string[] {
  return [...gaps].flatMap(([clock, of]) => {
    const found = of.report();
    return found === undefined ? [] : [`${name}, ${clock}: ${gapWords(found)}, before ${found.place}`];
  });
}
