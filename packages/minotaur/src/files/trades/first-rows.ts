/** What the first trades of a file say of its columns: those that are evidently no times, prices or quantities of trades are refused. */
import { fail } from 'minotaur-core/internal/base/errors';
import { MICROS_PER_DAY, MICROS_PER_SECOND } from 'minotaur-core/internal/base/time';
import { hasId } from 'minotaur-core/internal/trades/id';
import type { InstrumentInput } from 'minotaur-core/internal/trades/instrument';
import { plainName } from '../csv/telling.ts';
import { isCounted } from './contracts.ts';
import { isAboveZero } from './is-steady.ts';
import { isTrade } from './is-trade.ts';
import type { FileLayout, SourceBlock } from './source-block.ts';

/** Rows that are looked at. */
const LOOKED_AT = 4096;
const MINUTE = 60 * MICROS_PER_SECOND;
const ACCEPT = '`accept` takes it as it is';

/** Of rows in a row, so many are no chance. */
const SEVERAL = 20;
const MANY = 100;

/** Columns that have the part of a time below a second, or all of it once more. */
const FRACTION = /(nano|micro|milli)s(ec(ond)?s?)?$|^(time|ts|timestamp)?(ns|us|ms|nsec|usec|msec)$/;

/** The columns of the first rows that are trades. */
interface FirstRows {
  readonly time: readonly number[];
  readonly price: readonly number[];
  readonly quantity: readonly number[];
}

/** What is known of the file and its instrument beside them. */
interface About {
  readonly layout: FileLayout;
  readonly instrument: InstrumentInput | undefined;
}

/** @throws where the first rows of a file, which are those of `source`, are evidently not what they are read as */
export function requireFirstRows(source: SourceBlock, about: About): void {
  const { block, file } = source;
  const rows = Array.from({ length: Math.min(block.length, LOOKED_AT) }, (_, i) => i).filter((i) => isTrade(block, i));
  const of = (values: Float64Array): number[] => rows.map((i) => values[i]);
  const first = { time: of(block.time), price: of(block.price), quantity: of(block.quantity) };
  if (rows.length < 2) return;
  requireTimes(first, about.layout, file);
  requirePrices(first, about, file);
  const hasIds = hasId(block.id, rows[0]);
  if (isAboveZero(about.instrument)) requireSteadyPrice(first, file, hasIds);
  requireQuantities(first, about, file);
}

function requireTimes({ time }: FirstRows, { unread = [], timeUnit }: FileLayout, file: string): void {
  const areWhole = (unit: number): boolean => time.every((value) => value % unit === 0);
  if (areWhole(MICROS_PER_DAY)) {
    const mend = '`columns: { date, time }` takes the time of day from a column of its own';
    fail(
      'input',
      file,
      `times with their time of day (${mend}; ${ACCEPT})`,
      `dates alone in the first ${time.length} rows`,
    );
  }
  const fraction = unread.find((name) => FRACTION.test(plainName(name)));
  if (fraction !== undefined && timeUnit !== 'ms' && areWhole(MICROS_PER_SECOND)) {
    const mend = `\`columns: { time: ${fraction} }\` reads that one where it is it; \`accept\` takes whole seconds`;
    fail(
      'input',
      file,
      `one column with the whole time (${mend})`,
      `times in whole seconds, and beside them ${fraction}`,
    );
  }
  const isCoarse = time.length >= SEVERAL && areWhole(MINUTE) && 2 * new Set(time).size <= time.length;
  if (isCoarse)
    fail('input', file, `times to the second or finer (${ACCEPT})`, 'several trades a time, all of whole minutes');
}

/** Prices from here on are counted in a unit of their own, if they are multiples of the next. */
const FIXED = 1e8;
const STEP = 1e5;

function requirePrices({ price }: FirstRows, { instrument }: About, file: string): void {
  if (instrument?.prices?.max !== undefined || !price.every((value) => value >= FIXED && value % STEP === 0)) return;
  const expected = 'prices with their decimal point; `prices: { max }` of the instrument says that they can be so high';
  fail('input', file, expected, `${price[0]} and the like, as if they counted units of 1e-8 or 1e-9`);
}

/** A price so many times the one before, or as little of it, in so many of the trades, goes back and forth between two. */
const FAR = 1.5;
const OFTEN = 0.1;
/** In so many of them it is none at all, but what changes from trade to trade: a quantity, a turnover. */
const MOSTLY = 1 / 3;
/** Of a coin that costs a few of the smallest steps, each step is far. */
const FEW = 5;

/** Where there are no ids, trades of two markets without a column that says which are told by their prices alone. */
function requireSteadyPrice({ price }: FirstRows, file: string, hasIds: boolean): void {
  const ranked = [...new Set(price)].sort((a, b) => a - b);
  const tick = ranked.reduce((least, value, i) => (i === 0 ? least : Math.min(least, value - ranked[i - 1])), Infinity);
  const isFar = (value: number, i: number): boolean => {
    const before = i === 0 ? value : price[i - 1];
    return Math.abs(value - before) > FEW * tick && (value > FAR * before || FAR * value < before);
  };
  const steps = price.filter(isFar);
  if (price.length < SEVERAL || steps.length < (hasIds ? MOSTLY : OFTEN) * price.length) return;
  const found = `${steps.length} of the first ${price.length} prices half as much again as the one before, or two thirds of it, ${steps[0]} the first`;
  const expected = hasIds
    ? `prices, not quantities (\`columns: { price, quantity }\` says which they are; ${ACCEPT})`
    : `trades of one market (those of each in files of their own; ${ACCEPT})`;
  fail('input', file, expected, found);
}

/** One coin is worth more: nobody trades whole ones alone. */
const DEAR = 100;
/** Pairs in dollars, as venues of inverse contracts call them. */
const IN_DOLLARS = /^[A-Z]{3,5}[-/_]?USD$/;
/** Metals are traded in whole ounces and lots. */
const METAL = /^(XAU|XAG|XPT|XPD)/;

function requireQuantities({ price, quantity }: FirstRows, { instrument, layout }: About, file: string): void {
  if (quantity.length >= MANY && quantity.every((value, i) => i === 0 || value > quantity[i - 1])) {
    const found = `quantities that rise in each of the first ${quantity.length} rows, as a volume of the day does`;
    fail('input', file, `quantities of single trades (${ACCEPT})`, found);
  }
  const symbol = instrument?.symbol ?? layout.symbol ?? '';
  if (isCounted(instrument) || layout.venue !== undefined || !IN_DOLLARS.test(symbol) || METAL.test(symbol)) return;
  if (quantity.length < SEVERAL || !quantity.every((value, i) => value % 1 === 0 && price[i] > DEAR)) return;
  const expected = `\`contract\` and \`size\` of the instrument (\`contract: spot\` counts quantities as they stand)`;
  fail('input', file, expected, `${symbol} in whole numbers alone at ${price[0]}, as contracts in dollars are counted`);
}
