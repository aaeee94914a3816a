/**
 * Messages of a chain that follow each other, taken as one: of a thousand trades at a time each costs a chain a sixth more than of four
 * thousand, and what is done once a message is done once for all of them.
 */
import type { PlacedTrades } from '../codec/events.ts';
import type { PackedEvents } from './messages.ts';

/** Events of messages that are taken as one: no more are gained by it, and whoever takes them holds all rows that they give. */
const MOST_JOINED = 4096;

/** Puts `events` behind those `before`, whose trades lie before theirs, where the chain goes on with them; says whether it did. */
export function joinTo(before: PackedEvents, events: PackedEvents): boolean {
  if (before.count + events.count > MOST_JOINED || !goesOn(before, events)) return false;
  const rest = events.events.slice();
  const [last, first] = [before.events[before.events.length - 1], rest[0]];
  if (last?.kind === 'trades' && first?.kind === 'trades' && isOne(last, first)) {
    last.length += first.length;
    rest.shift();
  }
  before.events.push(...rest);
  before.count += events.count;
  before.next = events.next;
  return true;
}

function goesOn(before: PackedEvents, { chain, epoch, first, instruments }: PackedEvents): boolean {
  if (chain !== before.chain || epoch !== before.epoch || first !== before.first + before.count) return false;
  return (
    instruments.length === before.instruments.length && instruments.every((name, i) => name === before.instruments[i])
  );
}

/** Whether trades are as if they had come together. */
function isOne(
  last: PlacedTrades,
  { instrument, origin: { text, maxSilence }, at, hasArrival }: PlacedTrades,
): boolean {
  if (instrument !== last.instrument || hasArrival !== last.hasArrival || at !== last.at + last.length) return false;
  return text === last.origin.text && Object.is(maxSilence, last.origin.maxSilence);
}
