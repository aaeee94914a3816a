/** What a session tells of beside rows. */
import type { JoinedHole } from '../../venues/joiner/contract.ts';
import type { FeedNote } from '../../venues/wire/feed.ts';

/** What happened beside rows. */
export type SupervisorNote = { readonly instrument: string } & (
  | FeedNote
  | { readonly what: 'hole'; readonly hole: JoinedHole }
  | { readonly what: 'refused'; readonly message: string }
  | { readonly what: 'absent'; readonly until: number }
  /** From the row of this time on, rows have no prediction, of no instrument in particular; null: they have again. */
  | { readonly what: 'unpredicted'; readonly row: number; readonly why: string | null }
);
