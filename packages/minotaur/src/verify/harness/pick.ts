/** Plain events picked from others, joined, and cut into stretches again. */
import type { GivenBar } from 'minotaur-core/internal/bars/given';
import { setId } from 'minotaur-core/internal/trades/id';
import { appendTrades, createTradeBlock, pickTrades } from 'minotaur-core/internal/trades/trade';
import type { Group } from './minimise.ts';
import { STRETCH, stretchOf, type PlainEvents, type Stretch } from './stretch.ts';

/** The events as stretches, as a file of them would be read. */
export async function* stretchesOf(events: PlainEvents): AsyncGenerator<Stretch> {
  const length = lengthOf(events);
  for (let from = 0; from < length; from += STRETCH) {
    const rows = Array.from({ length: Math.min(STRETCH, length - from) }, (_, i) => [from + i]);
    yield stretchOf(length <= STRETCH ? events : pickEvents(events, rows, from));
  }
}

export function lengthOf(events: PlainEvents): number {
  return events.kind === 'trades' ? events.block.length : events.bars.length;
}

/** Events of one kind, one after the other. */
export function joinEvents(plain: readonly PlainEvents[]): PlainEvents {
  const [first] = plain;
  if (first.kind === 'trades') {
    const blocks = plain.flatMap((events) => (events.kind === 'trades' ? [events.block] : []));
    const block = createTradeBlock(blocks.reduce((sum, { length }) => sum + length, 0));
    for (const one of blocks) appendTrades(block, one);
    return { kind: 'trades', block };
  }
  const bars = plain.flatMap((events): readonly GivenBar[] => (events.kind === 'bars' ? events.bars : []));
  return { ...first, bars };
}

/**
 * Some of the events. A group is its last trade with the quantity of all; trades are numbered anew, and an unknown side becomes
 * a buyer, as a file of trades needs it.
 */
export function pickEvents(events: PlainEvents, groups: readonly Group[], firstId = 0): PlainEvents {
  const last = (group: Group): number => group[group.length - 1];
  if (events.kind === 'bars') return { ...events, bars: groups.map((group) => events.bars[last(group)]) };
  const from = events.block;
  const block = pickTrades(from, groups.map(last));
  groups.forEach((group, i) => {
    block.quantity[i] = group.reduce((sum, row) => sum + from.quantity[row], 0);
    setId(block.id, i, firstId + i + 1);
    if (Number.isNaN(block.side[i])) block.side[i] = 1;
  });
  return { kind: 'trades', block };
}
