/**
 * A session that begins warm: history is gathered backwards, from every instrument alike, until the chain itself says over it that its
 * next row is ready, until nothing goes further back, or until the time is up.
 */
import { fail } from 'minotaur-core/internal/base/errors';
import type { Feed } from 'minotaur-core/internal/chain/contract';
import type { Config } from 'minotaur-core/internal/config/config';
import type { Plan } from 'minotaur-core/internal/chain/plan';
import type { Instrument } from 'minotaur-core/internal/trades/instrument';
import { sliceTrades, tradeAt, type Trade, type TradeBlock } from 'minotaur-core/internal/trades/trade';
import { sourceOptions } from '../../files/trades/source-options.ts';
import { createEngine } from '../../node/engine.ts';
import type { VenueAccess } from '../../venues/wire/listener.ts';
import type { Surroundings } from '../../venues/wire/surroundings.ts';
import { forecastBootstrap, type Forecast, type Sampled } from './forecast.ts';
import { inTimeOrder, type Line } from './in-time-order.ts';
import { createPastPages, pauseFor, type PastPages } from './past-pages.ts';
import { createPast, type Past } from './past.ts';
import type { Recorded } from './recorded.ts';
import { blocksOf } from './pieces.ts';

/** Where history is taken from. */
export const WAYS = ['dumps', 'rest'] as const;
export type Way = (typeof WAYS)[number];

/** How a session begins. */
interface BootstrapOptions {
  /** None: only what {@link files} have. */
  readonly ways: readonly Way[];
  /** Until when history is gathered, at most. */
  readonly seconds: number;
  /** The user's files of trades, by instrument. */
  readonly files: Readonly<Record<string, readonly string[]>>;
  /** Where a venue's files differ from what it said before, they are right. */
  readonly acceptRevised: boolean;
  /** Of the files of days, while they are needed. */
  readonly directory: string;
}

/** An instrument at its venue, whose stream is being heard. */
export interface BegunInstrument {
  readonly instrument: Instrument;
  readonly profile: string;
  readonly access: VenueAccess;
  /** In place of the host of the venue's files. */
  readonly dumpBase: string | undefined;
  /** The trades with which the stream began, as many as are remembered; none yet: empty. */
  begun(): readonly Trade[];
  /** The stream goes on behind the last of these. */
  seed(trades: readonly Trade[]): void;
}

export interface BootstrapOrder extends BootstrapOptions {
  readonly config: Config;
  readonly plan: Plan;
  readonly instruments: readonly BegunInstrument[];
  /** What is on record, by instrument, of a session that was not ready as it ended: its streams were seeded with it. */
  readonly recorded?: ReadonlyMap<string, Recorded> | undefined;
  readonly around: Surroundings;
  readonly signal: AbortSignal;
  /** Once, before anything is gathered. */
  readonly onForecast: (forecast: Forecast) => void;
  /** Now and then. */
  readonly onProgress: (trades: number) => void;
}

/** History that a session begins with. */
export interface Warmth {
  /** Hands it to a chain, but for {@link rest}. */
  feed(chain: Feed<unknown>): Promise<void>;
  /** The newest trades of each instrument: from the last of the one whose last is the oldest on. What is on record goes on behind them. */
  rest(): ReadonlyMap<string, readonly Trade[]>;
  /** The oldest trade of each: a build from there on gives the same rows. */
  readonly from: Readonly<Record<string, Trade>>;
  /** Of all instruments. */
  readonly trades: number;
  readonly requests: number;
  readonly days: number;
  /** Whether the next row is ready. */
  readonly isReady: boolean;
  /** Why not, where it is not. */
  readonly why: string;
}

/** Milliseconds that a stream is waited for, before what REST has newest is where it begins. */
const STREAM = 1000;
/** After so much more of history, the chain is asked again whether it is enough. */
const MORE = 1.25;
/** Trades that are used at once. */
const BREATH = 100_000;
/** Where nothing can be told before. */
const UNTOLD = 5000;
/** Of what was told, so much is gathered before the chain is asked. */
const EARLY = 0.9;

/** @throws {MinotaurError} of kind `input` where two sources have a trade otherwise, or files that were given cannot be joined to the stream */
export async function gatherHistory(order: BootstrapOrder): Promise<Warmth> {
  const { around, seconds, signal, plan, onForecast } = order;
  const late = new AbortController();
  const off = around.later(1000 * seconds, () => late.abort());
  const both = AbortSignal.any([signal, late.signal]);
  try {
    const parts: Part[] = [];
    const pasts: Past[] = [];
    const inTime = async (): Promise<boolean> => {
      for (const one of order.instruments) parts.push(await beginAt(order, one, both));
      const sampled = parts.map((part) => part.sampled);
      const forecast = forecastBootstrap(plan, sampled, around.wall());
      onForecast(forecast);
      pasts.push(...parts.map(({ past }) => past));
      return gather(order, pasts, forecast, both);
    };
    const outcome = await inTime().catch((error: unknown) => {
      signal.throwIfAborted();
      if (!late.signal.aborted) throw error;
      return undefined;
    });
    requireFiles(order, pasts);
    const isReady = outcome ?? (await isWarm(order, pasts));
    const ends = pasts.flatMap(({ instrument, end }) => (end === undefined ? [] : [`${instrument.name}: ${end}`]));
    const why = isReady ? '' : outcome === undefined ? `${seconds} seconds are over` : ends.join('; ');
    const requests = parts.reduce((sum, { pages }) => sum + (pages?.requests ?? 0), 0);
    return { ...warmthOf(plan, pasts), requests, isReady, why };
  } finally {
    off();
  }
}

interface Part {
  readonly past: Past;
  readonly pages: PastPages | undefined;
  readonly sampled: Sampled;
}

/** Waits for the stream to begin; where it is silent, it begins behind what REST has newest. */
async function beginAt(order: BootstrapOrder, one: BegunInstrument, signal: AbortSignal): Promise<Part> {
  const { config, around, ways, files, directory, acceptRevised } = order;
  const { instrument, profile, access, dumpBase } = one;
  const { venue, rest } = access;
  const { name, symbol, ids } = instrument;
  const market = { venue, profile, symbol, ids, rest, wall: around.wall };
  const own = files[name] ?? [];
  // What lies between the user's files and the stream is asked for in any case.
  const canAsk = rest.canAsk && (ways.includes('rest') || own.length > 0);
  const pages = canAsk ? createPastPages({ market, around, signal }) : undefined;
  for (let waited = 0; one.begun().length === 0 && waited < STREAM; waited += 20) await pauseFor(around, 20, signal);
  const sample = (await pages?.newest()) ?? [];
  // Files without ids meet nothing.
  const joins = venue.dump !== undefined && venue.dump.withoutIds?.includes(profile) !== true;
  const dumps = ways.includes('dumps') && joins ? { directory, baseUrl: dumpBase } : undefined;
  const options = sourceOptions(config, name);
  const { begun, seed } = one;
  const from = { recorded: order.recorded?.get(name), begun, seed };
  const gathering = { instrument, market, pages, dumps, files: own, ...from, options, acceptRevised, signal };
  const past = createPast(gathering, sample);
  const latency = pages === undefined ? 0 : pages.milliseconds / pages.requests;
  return {
    past,
    pages,
    sampled: { instrument: name, venue, profile, sample, dumps: dumps !== undefined, rest: canAsk, latency },
  };
}

/** Gathers until it is enough, or there is no more. Whether it is enough. */
async function gather(
  order: BootstrapOrder,
  pasts: readonly Past[],
  { trades }: Forecast,
  signal: AbortSignal,
): Promise<boolean> {
  let enough = EARLY * (trades ?? UNTOLD);
  for (;;) {
    signal.throwIfAborted();
    // All go back alike: the one that begins latest goes further.
    const open = pasts.filter(({ end }) => end === undefined);
    const next = open.toSorted((a, b) => (b.oldest?.time ?? Infinity) - (a.oldest?.time ?? Infinity)).at(0);
    const total = totalOf(pasts);
    if (next === undefined || (total >= enough && filesAreIn(order, pasts))) {
      if (await isWarm(order, pasts)) return true;
      if (next === undefined) return false;
      enough = Math.max(MORE * total, UNTOLD / 5);
    }
    await next.extend();
    order.onProgress(totalOf(pasts));
  }
}

const totalOf = (pasts: readonly Past[]): number => pasts.reduce((sum, { trades }) => sum + trades, 0);

/** Files that were given are a part of it: it goes back to them, and no further. */
const filesAreIn = ({ files }: BootstrapOrder, pasts: readonly Past[]): boolean =>
  Object.entries(files).every(
    ([name, own]) =>
      own.length === 0 || pasts.some(({ instrument, end }) => instrument.name === name && end !== undefined),
  );

function requireFiles(order: BootstrapOrder, pasts: readonly Past[]): void {
  if (filesAreIn(order, pasts)) return;
  const found = pasts.map(
    ({ instrument, oldest }) => `${instrument.name} from ${String(oldest?.id ?? 'the stream')} on`,
  );
  const expected = `history that the venue's trades of ${order.seconds} seconds of asking reach (--bootstrap-seconds)`;
  fail('input', 'history', expected, found.length === 0 ? 'no answer' : found.join(', '));
}

/** Whether the chain, over what is there, gave a ready row last. */
async function isWarm({ config }: BootstrapOrder, pasts: readonly Past[]): Promise<boolean> {
  let isReady = false;
  const engine = createEngine(config, {
    onRows: ({ ready, count }) => (isReady = count > 0 ? ready[count - 1] === 1 : isReady),
  });
  await warmthOf(engine.plan, pasts).feed(engine);
  return isReady;
}

/** The histories as one. */
function warmthOf(plan: Plan, pasts: readonly Past[]): Omit<Warmth, 'requests' | 'isReady' | 'why'> {
  const rest = new Map<string, Trade[]>();
  const own = pasts.filter(({ trades }) => trades > 0);
  return {
    from: Object.fromEntries(own.flatMap(({ instrument, oldest }) => (oldest ? [[instrument.name, oldest]] : []))),
    trades: totalOf(pasts),
    days: pasts.reduce((sum, { days }) => sum + days, 0),
    rest: () => rest,
    async feed(chain) {
      const until = Math.min(...own.map(({ newest }) => newest?.time ?? Infinity));
      const drive = plan.instruments[plan.clocks[plan.drive].instrument];
      const ordered = own.toSorted((a, b) => Number(a.instrument === drive) - Number(b.instrument === drive));
      const lines = ordered.map((past) => lineOf(past, chain));
      if (lines.length > 0) await inTimeOrder(lines, plan.lanes.skew, until);
      for (const line of lines) rest.set(line.instrument, await line.drain());
    },
  };
}

/** A history as a line that is handed to a chain. */
function lineOf({ instrument, pieces }: Past, chain: Feed<unknown>): Line & { drain(): Promise<Trade[]> } {
  const { name, ids } = instrument;
  const blocks = blocksOf(ids, pieces);
  let block: TradeBlock | undefined;
  let [at, pushed] = [0, 0];
  const facts = { instrument: name, maxSilence: Infinity };
  /** The block with the next trade. */
  const ahead = async (): Promise<TradeBlock | undefined> => {
    while (block === undefined || at === block.length) {
      const next = await blocks.next();
      if (next.done === true) return undefined;
      block = next.value;
      at = 0;
    }
    return block;
  };
  return {
    instrument: name,
    quietUntil: 0,
    head: async () => (await ahead())?.time[at] ?? Infinity,
    async useUntil(to) {
      for (let now = await ahead(); now !== undefined && now.time[at] < to; now = await ahead()) {
        let end = at;
        while (end < now.length && now.time[end] < to) end++;
        await chain.push(sliceTrades(now, at, end), facts);
        pushed += end - at;
        at = end;
        // The sockets are heard meanwhile.
        if (pushed < BREATH) continue;
        pushed = 0;
        await new Promise((resolve) => setImmediate(resolve));
      }
    },
    async advance(time) {
      await chain.advance(time, facts);
    },
    async drain() {
      const left: Trade[] = [];
      for (let now = await ahead(); now !== undefined; now = await ahead())
        for (; at < now.length; at++) left.push(tradeAt(now, at));
      return left;
    },
  };
}
