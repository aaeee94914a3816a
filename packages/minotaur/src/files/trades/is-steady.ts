/** Of which instruments a price that is half as much again as another is evidence. */
import type { InstrumentInput } from 'minotaur-core/internal/trades/instrument';

type Prices = Pick<InstrumentInput, 'prices' | 'adjustments'>;

/** Whether all prices are above 0: those of spreads and of power may be 0 or less, and a share of one says nothing of the next. */
export function isAboveZero(instrument: Prices | undefined): boolean {
  const least = instrument?.prices?.min;
  return least === undefined || least === null || least > 0;
}

/** The same from one file to the next, where splits and rolls make prices jump. */
export const isSteady = (instrument: Prices | undefined): boolean =>
  (instrument?.adjustments ?? []).length === 0 && isAboveZero(instrument);
