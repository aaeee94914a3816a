/** What an instrument, or the venue that a source names itself, decides of how its trades are read. */
import { sideWordsOf, type InstrumentInput } from 'minotaur-core/internal/trades/instrument';
import type { SideMeaning, SideWords, VenueProfile } from 'minotaur-core/internal/trades/venues/profile';
import { profileNamed } from 'minotaur-core/internal/trades/venues/told';

export interface Reading {
  /** Words for the sides, in small letters. */
  readonly sides: SideWords;
  /** Whose side a side is, where the source does not say it. */
  readonly sideMeans: SideMeaning;
}

/** What `instrument` says, else its venue's profile, else that of the venue that the source named itself. */
export function readingOf(instrument: InstrumentInput | undefined, told: VenueProfile | undefined): Reading {
  const profile = instrument?.venue === undefined ? told : profileNamed(instrument.venue);
  return {
    sides: sideWordsOf(instrument?.sides, profile?.defaults.sides),
    sideMeans: instrument?.sideMeans ?? profile?.defaults.sideMeans ?? 'taker',
  };
}
