/** The worker of the page that computes in the browser: takes calls, one at a time, and answers them. */
// oxlint-disable-next-line import/no-unassigned-import -- what it does has to be done before any schema is made
import './without-eval.ts';
import { MinotaurError } from 'minotaur-core/internal/base/errors';
import type { Told, TryAnswer, TryCalls, TryRequest } from '#view';
import { firstAtOrAfter } from '../viewer/clock.ts';
import { windowOf } from '../viewer/window.ts';
import { buildTrades, type Built } from './build.ts';
import { changedText } from './change.ts';
import { findTrades } from './find.ts';
import { handedFile, simulatedFile, type Handed } from './handed.ts';

/** What of a worker's scope is used. */
interface Scope {
  addEventListener(type: 'message', listen: (event: { readonly data: TryRequest }) => void): void;
  postMessage(answer: TryAnswer): void;
}
type Async<T extends { [K in keyof T]: (...of: never[]) => unknown }> = {
  [K in keyof T]: (...of: Parameters<T[K]>) => ReturnType<T[K]> | Promise<ReturnType<T[K]>>;
};

/** Milliseconds between two words of progress. */
const PAUSE = 100;

const scope = globalThis as unknown as Scope;
// A worker is of one page, whose visitor has one file at a time.
let handed: Handed | undefined;
let built: Built | undefined;
const course = { id: 0, bytes: 0, trades: 0, next: 0 };

function tell(): void {
  const now = performance.now();
  if (now < course.next) return;
  course.next = now + PAUSE;
  const { id, bytes, trades } = course;
  scope.postMessage({ id, share: handed === undefined ? 0 : Math.min(1, bytes / Math.max(1, handed.size)), trades });
}

function onBytes(bytes: number): void {
  course.bytes += bytes;
  tell();
}

function onTrades(trades: number): void {
  // What was read until the first block was read to tell what the file is.
  course.trades += trades;
  tell();
}

const theirs = (): Handed => handed ?? failEarly();
const theBuilt = (): Built => built ?? failEarly();

function failEarly(): never {
  throw new Error('nothing was handed over yet');
}

const calls: Async<TryCalls> = {
  open(trades, reading) {
    built = undefined;
    handed = typeof trades === 'number' ? simulatedFile(trades, onBytes) : handedFile(trades, onBytes);
    return findTrades(handed, reading, onTrades);
  },
  read: (reading) => findTrades(theirs(), reading, onTrades),
  change: (config, change) => changedText(config, change),
  async build(config) {
    built = undefined; // its rows would be held beside those that are made
    built = await buildTrades(theirs(), config, onTrades);
    return built.told;
  },
  window: (request) => windowOf(theBuilt().run, request),
  distribution: (feature) => theBuilt().distribution(feature),
  async barAt(clock, time) {
    const { time: times, bars } = await theBuilt().run.clock(clock);
    return Math.min(bars - 1, firstAtOrAfter(times, time));
  },
  rows: () => theBuilt().csv(),
};

function told(error: unknown): Told {
  if (error instanceof MinotaurError) return error.facts;
  return { where: '', expected: '', found: error instanceof Error ? error.message : String(error) };
}

async function answer({ id, name, of }: TryRequest): Promise<void> {
  const call = calls[name] as (...all: readonly unknown[]) => unknown;
  Object.assign(course, { id, bytes: 0, trades: 0 });
  try {
    scope.postMessage({ id, value: await call(...of) });
  } catch (error) {
    scope.postMessage({ id, error: told(error) });
  }
}

// Each waits for the one before.
let last = Promise.resolve();
scope.addEventListener('message', ({ data }) => {
  last = last.then(() => answer(data));
});
