import { anyReach } from './reach.ts';
import { severalStretch } from './several-stretch.ts';
import { barStretch, tradeStretch, type PlainEvents, type Stretch } from './stretch.ts';

/** A stretch of events that came from elsewhere. */
export function stretchOf(plain: PlainEvents): Stretch {
  if (plain.kind === 'turns') return severalStretch(plain.turns, anyReach());
  return plain.kind === 'trades' ? tradeStretch(plain.block) : barStretch(plain.bars, plain.clock);
}
