/** What of a table is settled before its rows are read. */
import type { InstrumentInput } from 'minotaur-core/internal/trades/instrument';
import type { SideMeaning, SideWords } from 'minotaur-core/internal/trades/venues/profile';
import type { DecimalMark } from './number-format.ts';
import type { TellingColumn } from './telling.ts';
import type { TimeUnit } from './time-unit.ts';

/** Which column each field is, of a file whose layout is not one of the known ones: its name, or its place from 1 on. */
export interface ColumnMapping {
  /** Of the trade; the time of day where `date` is another column. */
  readonly time: string | number;
  /** Its day, where that is a column of its own. */
  readonly date?: string | number | undefined;
  /** Of the trade. */
  readonly price: string | number;
  /** As the instrument counts. */
  readonly quantity: string | number;
  /** Who was the taker; see `sideMeans`. */
  readonly side?: string | number | undefined;
  /** By which gaps and duplicates are known. */
  readonly id?: string | number | undefined;
  /** What was traded. */
  readonly symbol?: string | number | undefined;
}

/** What is not to be told from a file of trades itself, and how it is read. */
export interface InputOptions {
  /** Which column is what, where the layout is not a known one. */
  readonly columns?: ColumnMapping | undefined;
  /** Unit of the time column; told by its magnitude where absent. */
  readonly timeUnit?: TimeUnit | undefined;
  /** Whose side the side column gives. */
  readonly sideMeans?: SideMeaning | undefined;
  /** `signed`: a quantity below zero is a trade that the taker sold. */
  readonly quantity?: 'signed' | undefined;
  /** The mark before the decimals of numbers written for people; the other of the two groups thousands. */
  readonly decimal?: DecimalMark | undefined;
  /** The zone of times that name none: `UTC`, an offset, or a name such as `America/New_York`. */
  readonly zone?: string | undefined;
  /** Only rows that have these texts in these columns. */
  readonly where?: Readonly<Record<string, string>> | undefined;
  /** What was traded, and where: its symbol, venue, side words and unit of time matter here. */
  readonly instrument?: InstrumentInput | undefined;
  /** Puts the trades of each file in order of time and id, in memory. */
  readonly sort?: boolean | undefined;
  /** Late trades are put in order behind the reader; what ids are good for is told by them in order. */
  readonly late?: boolean | undefined;
  /** Takes files whose names, prices and ids are evidence of another instrument. */
  readonly accept?: boolean | undefined;
  /**
   * For who looks at files rather than uses them: the source's own quote column is read beside the trades, and where no symbol is
   * declared the first is taken, the rows of others left out and counted instead of refused.
   */
  readonly inspect?: boolean | undefined;
  /** Rows per block, 32,768 where absent. */
  readonly blockRows?: number | undefined;
}

/** Fields of a trade, and what is told beside them. */
export type Field = 'time' | 'date' | 'price' | 'quantity' | 'side' | 'id' | 'symbol' | 'exchange' | 'quote';

/** Index in the file of each column of a trade; -1 where the file has none. */
export type FieldColumns = Readonly<Record<Field, number>>;

export interface Layout {
  readonly name: string;
  readonly fields: FieldColumns;
  /** Whose side the column gives; undefined where it is for the instrument to say. */
  readonly sideMeans: SideMeaning | undefined;
  /** Words of its column, in place of the instrument's; undefined where those are meant. */
  readonly sides?: SideWords | undefined;
  /** Whether prices may count units of 1e-9: those without a decimal point do. */
  readonly mayBeFixed: boolean;
  /** Whether they do; settled by the first of them. */
  readonly isFixed?: boolean;
  /** Whether the sign of the quantity is the side. */
  readonly signed: boolean;
  /** Columns and the text that a row has to have in them. */
  readonly where: readonly { readonly at: number; readonly text: string; readonly reason?: string }[];
  /** Columns beside the symbol that say what is traded: where two rows differ in one, they are of two instruments. */
  readonly telling: readonly TellingColumn[];
  /** Profiles of the venues whose layout it is. */
  readonly venues: readonly string[];
}
