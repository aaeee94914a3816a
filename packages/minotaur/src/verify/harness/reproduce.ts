/**
 * A failure made small: as few events as still make the same check fail in the same way, by delta debugging (Zeller and
 * Hildebrandt 2002). The stretch in which it failed is tried from a cold start, then with the ones before it; then the tail is
 * cut, then the front, then whatever else can go; at last neighbours are traded as one, so that a bar of a hundred trades needs few.
 */
import type { GivenBar } from 'minotaur-core/internal/bars/given';
import { MinotaurError } from 'minotaur-core/internal/base/errors';
import { appendTrades, createTradeBlock, pickTrades, type TradeBlock } from 'minotaur-core/internal/trades/trade';
import { NOTHING, sidesOf, STRETCH, type Check, type CheckContext, type CheckResult } from './check.ts';
import { stretchOf, type PlainEvents, type Stretch } from './feed.ts';
import { poolSides } from './pool.ts';

export interface Reproducer {
  readonly events: PlainEvents;
  /** Number of events left, and how often the check was run to get there. */
  readonly length: number;
  readonly runs: number;
  /** The seed with which it fails. */
  readonly seed: number;
  readonly outcome: CheckResult;
}

type Sides = ReturnType<typeof sidesOf>;

/** Stretches that are kept to start from. */
const KEPT = 16;
/** Runs of the check, at most. */
const MAX_RUNS = 2000;
/** Seeds that are tried where there are few events: where cuts and points fall by chance, one seed misses too much. */
const SEEDS = 6;
const FEW = 2000;

/** Shrinks what makes `check` fail; nothing where it cannot be made to fail from a cold start. */
export async function reproduce(context: CheckContext, check: Check): Promise<Reproducer | undefined> {
  const last: Stretch[] = [];
  const failed = await check.run({ ...context, open: () => keepLast(context.open(), last) });
  if (failed.holds || failed.first === NOTHING) return undefined;
  const plain = last.map((stretch) => stretch.plain(0));
  const sign = signature(failed);
  // Engines are used again and again, unless what is wrong is something that they keep from one use to the next.
  return (await shrink(context, check, plain, sign, true)) ?? (await shrink(context, check, plain, sign, false));
}

async function* keepLast(stretches: AsyncIterable<Stretch>, last: Stretch[]): AsyncGenerator<Stretch> {
  for await (const stretch of stretches) {
    last.push(stretch.copy());
    if (last.length > KEPT) last.shift();
    yield stretch;
  }
}

/** What kind of failure it is, whatever the row and the numbers. */
function signature({ first }: CheckResult): string {
  if (first === null) return '';
  if ('stage' in first) return `${first.stage} ${first.clock} ${first.feature}`;
  return first.message.replaceAll(/-?\d[\d.e+-]*|NaN|Infinity/g, '#');
}

async function shrink(
  context: CheckContext,
  check: Check,
  plain: readonly PlainEvents[],
  sign: string,
  pooled: boolean,
): Promise<Reproducer | undefined> {
  let runs = 0;
  const pool = pooled ? poolSides(sidesOf(context)) : undefined;
  const { onProgress: _progress, events: _all, ...quiet } = context;
  const failsWith = async (events: PlainEvents, seed: number, sides: Sides): Promise<CheckResult | undefined> => {
    runs++;
    pool?.rewind();
    try {
      const outcome = await check.run({ ...quiet, seed, sides, open: () => stretchesOf(events) });
      return !outcome.holds && signature(outcome) === sign ? outcome : undefined;
    } catch (error) {
      if (error instanceof MinotaurError) return undefined;
      throw error;
    }
  };
  /** The seed that fails last was the right one, so it is tried first. */
  let seed = context.seed;
  const fails = async (events: PlainEvents): Promise<boolean> => {
    const others = Array.from({ length: lengthOf(events) > FEW ? 0 : SEEDS }, (_row, i) => context.seed + i);
    for (const tried of new Set([seed, ...others])) {
      if ((await failsWith(events, tried, pool?.sides ?? sidesOf(context))) === undefined) continue;
      seed = tried;
      return true;
    }
    return false;
  };
  for (let count = 1; count < 2 * plain.length; count *= 2) {
    const events = join(plain.slice(-count));
    const all = Array.from({ length: lengthOf(events) }, (_row, i) => [i]);
    if (!(await fails(pick(events, all)))) continue;
    const groups = await fewestGroups(
      all,
      (tried) => fails(pick(events, tried)),
      () => runs < MAX_RUNS,
    );
    const least = pick(events, groups);
    const outcome = await failsWith(least, seed, sidesOf(context));
    return outcome && { events: least, length: groups.length, runs, seed, outcome };
  }
  return undefined;
}

async function* stretchesOf(events: PlainEvents): AsyncGenerator<Stretch> {
  const length = lengthOf(events);
  for (let from = 0; from < length; from += STRETCH) {
    const rows = Array.from({ length: Math.min(STRETCH, length - from) }, (_, i) => [from + i]);
    yield stretchOf(length <= STRETCH ? events : pick(events, rows, from));
  }
}

/** Events that have become one: usually a single row. */
type Group = readonly number[];
type Groups = readonly Group[];

/** Fewer groups, such that `fails` still says yes; `more` ends the search early. */
async function fewestGroups(
  all: Groups,
  fails: (groups: Groups) => Promise<boolean>,
  more: () => boolean,
): Promise<Groups> {
  const head = all.slice(0, await leastThat(all.length, (n) => fails(all.slice(0, n))));
  const tail = head.slice(-(await leastThat(head.length, (n) => fails(head.slice(-n)))));
  const fewer = await thin(tail, () => [], fails, more);
  return thin(fewer, (chunk) => [chunk.flat()], fails, more);
}

/** Puts `instead` in the place of runs of groups, long runs first, as long as `fails` says yes. */
async function thin(
  groups: Groups,
  instead: (chunk: Groups) => Groups,
  fails: (groups: Groups) => Promise<boolean>,
  more: () => boolean,
): Promise<Groups> {
  const shortest = instead([[0], [1]]).length + 1;
  for (let size = Math.max(shortest, Math.ceil(groups.length / 2)); more();) {
    const before = groups.length;
    for (let at = 0; at + shortest <= groups.length && more();) {
      const put = instead(groups.slice(at, at + size));
      const tried = [...groups.slice(0, at), ...put, ...groups.slice(at + size)];
      if (tried.length > 0 && (await fails(tried))) groups = tried;
      else at += size;
    }
    if (size === shortest && groups.length === before) break;
    size = Math.max(shortest, Math.floor(size / 2));
  }
  return groups;
}

/** The least n in [1, most] for which `fails`, as bisection finds it; `most` is known to. */
async function leastThat(most: number, fails: (n: number) => Promise<boolean>): Promise<number> {
  let low = 1;
  let high = most;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (await fails(middle)) high = middle;
    else low = middle + 1;
  }
  return high;
}

function lengthOf(events: PlainEvents): number {
  return events.kind === 'trades' ? events.block.length : events.bars.length;
}

function join(plain: readonly PlainEvents[]): PlainEvents {
  const [first] = plain;
  if (first.kind === 'bars') {
    return {
      ...first,
      bars: plain.flatMap((events): readonly GivenBar[] => (events.kind === 'bars' ? events.bars : [])),
    };
  }
  const blocks = plain.flatMap((events) => (events.kind === 'trades' ? [events.block] : []));
  const whole = createTradeBlock(blocks.reduce((sum, block) => sum + block.length, 0));
  for (const block of blocks) appendTrades(whole, block);
  return { kind: 'trades', block: whole };
}

/**
 * Some of the events. A group is its last trade with the quantity of all; trades are numbered anew, and an unknown side becomes
 * a buyer, as a file of trades needs it.
 */
function pick(events: PlainEvents, groups: Groups, firstId = 0): PlainEvents {
  if (events.kind === 'bars') return { ...events, bars: groups.map((group) => events.bars[group[group.length - 1]]) };
  const from: TradeBlock = events.block;
  const block = pickTrades(
    from,
    groups.map((group) => group[group.length - 1]),
  );
  groups.forEach((group, i) => {
    for (const name of ['quantity', 'quoteQuantity'] as const) {
      block[name][i] = group.reduce((sum, row) => sum + from[name][row], 0);
    }
    block.id[i] = firstId + i + 1;
    if (Number.isNaN(block.side[i])) block.side[i] = 1;
  });
  return { kind: 'trades', block };
}
