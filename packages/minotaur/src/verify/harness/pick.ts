/** Plain events picked from others, joined, and cut into stretches again. */
import type { GivenBar } from 'minotaur-core/internal/bars/given';
import { setId } from 'minotaur-core/internal/trades/id';
import { appendTrades, createTradeBlock, pickTrades, type TradeBlock } from 'minotaur-core/internal/trades/trade';
import type { Group } from './minimise.ts';
import type { Plan } from 'minotaur-core/internal/chain/plan';
import { turnsOfFiles } from './file-turns.ts';
import { stretchOf } from './plain-stretch.ts';
import { reachOf } from './reach.ts';
import { cutTurns } from './several-stretch.ts';
import { longestSpan } from './span.ts';
import { STRETCH, type PlainEvents, type Stretch } from './stretch.ts';
import { filterTurns, lengthOfTurn, type BarsTurn, type SeriesTurn, type Turn } from './turns.ts';

/** The events as stretches, as files of them would be read. */
export async function* stretchesOf(events: PlainEvents, plan: Plan): AsyncGenerator<Stretch> {
  if (events.kind === 'turns') {
    const { turns } = events;
    const bars = Object.values(barsByClock(turns, plan));
    const filed = { trades: tradesByInstrument(turns, plan), bars, series: Object.values(seriesByName(turns, plan)) };
    yield* cutTurns(turnsOfFiles(filed, plan), { reach: reachOf(plan), span: longestSpan(plan) });
    return;
  }
  const length = lengthOf(events);
  for (let from = 0; from < length; from += STRETCH) {
    const rows = Array.from({ length: Math.min(STRETCH, length - from) }, (_, i) => [from + i]);
    yield stretchOf(length <= STRETCH ? events : pickEvents(events, rows, from));
  }
}

export function lengthOf(events: PlainEvents): number {
  if (events.kind === 'turns') return ofFiles(events.turns).reduce((sum, turn) => sum + lengthOfTurn(turn), 0);
  return events.kind === 'trades' ? events.block.length : events.bars.length;
}

/** Of how many instruments, clocks and series the events are. */
export function countSources(events: PlainEvents): number {
  if (events.kind !== 'turns') return Math.min(1, lengthOf(events));
  return new Set(ofFiles(events.turns).map((turn) => `${turn.kind} ${'clock' in turn ? turn.clock : turn.instrument}`))
    .size;
}

type TradesTurn = Extract<Turn, { kind: 'trades' }>;

const tradesOf = (turns: readonly Turn[]): TradesTurn[] =>
  turns.flatMap((turn) => (turn.kind === 'trades' ? [turn] : []));

/** What files have: trades, bars and rows of series. */
type FiledTurn = TradesTurn | BarsTurn | SeriesTurn;

const ofFiles = (turns: readonly Turn[]): FiledTurn[] =>
  turns.flatMap((turn) => (turn.kind === 'advance' || turn.kind === 'hole' ? [] : [turn]));

/** The trades of each instrument of turns, as its file would have them. */
export function tradesByInstrument(turns: readonly Turn[], { instruments }: Plan): Record<string, TradeBlock> {
  const each = instruments.map(({ name }) => {
    return [
      name,
      joinTrades(tradesOf(turns).flatMap(({ instrument, block }) => (instrument === name ? [block] : []))),
    ] as const;
  });
  return Object.fromEntries(each);
}

/** The bars of each clock with `bars: given` of turns, as its file would have them. */
export function barsByClock(turns: readonly Turn[], { clocks, instruments }: Plan): Record<string, BarsTurn> {
  const each = clocks.flatMap(({ name: clock, source, instrument }): [string, BarsTurn][] => {
    if (source.type !== 'given') return [];
    const own = turns.flatMap((turn) => (turn.kind === 'bars' && turn.clock === clock ? turn.bars : []));
    return [[clock, { kind: 'bars', instrument: instruments[instrument].name, clock, bars: own }]];
  });
  return Object.fromEntries(each);
}

/** The rows of each series of turns, as its file would have them. */
export function seriesByName(turns: readonly Turn[], { clocks }: Plan): Record<string, SeriesTurn> {
  const each = clocks.flatMap(({ name, source }): [string, SeriesTurn][] => {
    if (source.type !== 'series') return [];
    const own = turns.flatMap((turn) => (turn.kind === 'series' && turn.instrument === name ? [turn] : []));
    const [rows, available] = [own.flatMap((turn) => turn.rows), own.flatMap((turn) => turn.available)];
    return [[name, { kind: 'series', instrument: name, rows, available }]];
  });
  return Object.fromEntries(each);
}

function joinTrades(blocks: readonly TradeBlock[]): TradeBlock {
  const block = createTradeBlock(blocks.reduce((sum, { length }) => sum + length, 0));
  for (const one of blocks) appendTrades(block, one);
  return block;
}

/** Events of one kind, one after the other; of turns what files have. */
export function joinEvents(plain: readonly PlainEvents[]): PlainEvents {
  const [first] = plain;
  if (first.kind === 'turns') {
    const turns = plain.flatMap((events) => (events.kind === 'turns' ? ofFiles(events.turns) : []));
    return { kind: 'turns', turns };
  }
  if (first.kind === 'trades') {
    const block = joinTrades(plain.flatMap((events) => (events.kind === 'trades' ? [events.block] : [])));
    return { kind: 'trades', block };
  }
  const bars = plain.flatMap((events): readonly GivenBar[] => (events.kind === 'bars' ? events.bars : []));
  return { ...first, bars };
}

/**
 * Some of the events. A group is its last event, a trade with the quantity of all; trades are numbered anew, and an unknown side becomes
 * a buyer, as a file of trades needs it.
 */
export function pickEvents(events: PlainEvents, groups: readonly Group[], firstId = 0): PlainEvents {
  const last = (group: Group): number => group[group.length - 1];
  if (events.kind === 'bars') return { ...events, bars: groups.map((group) => events.bars[last(group)]) };
  if (events.kind === 'turns') return { kind: 'turns', turns: pickTurns(ofFiles(events.turns), groups) };
  return { kind: 'trades', block: pickBlock(events.block, groups, firstId) };
}

function pickBlock(from: TradeBlock, groups: readonly Group[], firstId: number): TradeBlock {
  const block = pickTrades(
    from,
    groups.map((group) => group[group.length - 1]),
  );
  groups.forEach((group, i) => {
    block.quantity[i] = group.reduce((sum, row) => sum + from.quantity[row], 0);
    setId(block.id, i, firstId + i + 1);
    if (Number.isNaN(block.side[i])) block.side[i] = 1;
  });
  return block;
}

/** A group that spans several turns is its last event: a trade has the quantity of those of its own turn. */
function pickTurns(turns: readonly FiledTurn[], groups: readonly Group[]): Turn[] {
  const picked: Turn[] = [];
  const ids = new Map<string, number>();
  let start = 0;
  let g = 0;
  for (const turn of turns) {
    const { instrument } = turn;
    const end = start + lengthOfTurn(turn);
    const own: number[][] = [];
    for (; g < groups.length && groups[g][groups[g].length - 1] < end; g++)
      own.push(groups[g].filter((row) => row >= start).map((row) => row - start));
    start = end;
    if (own.length === 0) continue;
    if (turn.kind !== 'trades') {
      const kept = new Set(own.map((group) => group[group.length - 1]));
      picked.push(...filterTurns([turn], (_, i) => kept.has(i)));
      continue;
    }
    const firstId = ids.get(instrument) ?? 0;
    picked.push({ kind: 'trades', instrument, block: pickBlock(turn.block, own, firstId) });
    ids.set(instrument, firstId + own.length);
  }
  return picked;
}
