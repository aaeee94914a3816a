/** What a run left, as its server, its page and the page's script share it. */

/** A stretch of the bars of a clock, in buckets of neighbouring bars. */
export interface WindowRequest {
  readonly clock: string;
  /** Index of the first bar, a multiple of `size`. */
  readonly from: number;
  /** Index behind the last bar. */
  readonly to: number;
  /** Bars a bucket. */
  readonly size: number;
  /** Indices of features, whose values are wanted. */
  readonly features: readonly number[];
  /** Which fold of the splits. */
  readonly fold: number;
}

/** What came of a request. */
export interface ChartWindow extends Omit<WindowRequest, 'fold'> {
  /** By name, a value a bucket: {@link BUCKET_COLUMNS}, and those that {@link featureColumn} names. */
  readonly columns: Readonly<Record<string, Float64Array>>;
}

/** Of every window, a value a bucket. */
export const BUCKET_COLUMNS = [
  /** When the first bar of a bucket opened, and when the last was known, microseconds. */
  'open_time',
  'time',
  'open',
  'high',
  'low',
  'close',
  'volume',
  /** Shares of the rows that are ready, and complete. */
  'ready',
  'complete',
] as const;

/** Of a window of a run that has labels: how many rows of a bucket reached what. */
export const LABEL_COUNTS = ['target', 'stop', 'limit'] as const;

/** Of a window of single bars, a value a labelled row: bars of entry and of the end, prices there, index into {@link LABEL_COUNTS}. */
export const MARK_COLUMNS = ['mark_at', 'mark_until', 'mark_entry', 'mark_price', 'mark_reached'] as const;

/** Where the newest code of the splits stands. */
export const SPLIT_COLUMN = 'split';

/** What a feature, or the prediction, was in a bucket. */
export const PARTS_OF_LINE = ['min', 'max', 'last'] as const;

/** Of feature `index`, or of the prediction. */
export function lineColumn(index: number | 'prediction', part: (typeof PARTS_OF_LINE)[number]): string {
  return `${part} ${index}`;
}

/** Values of a feature over the rows that are ready. */
export interface Distribution {
  /** Rows that are ready. */
  readonly rows: number;
  /** Of them, those without a value. */
  readonly missing: number;
  readonly mean: number | null;
  readonly deviation: number | null;
  /** Each with its share. */
  readonly quantiles: readonly (readonly [share: number, value: number | null])[];
  /** Shares of the rows with a value, by bins of equal width; what lies beyond the ends is in the outer bins. */
  readonly histogram: { readonly from: number; readonly to: number; readonly heights: readonly number[] };
}

/** A line of the account of problems. */
export interface ViewedProblem {
  readonly place: string;
  readonly problem: string;
  readonly handling: string;
  readonly expected: string;
  readonly found: string;
  readonly count: number;
  /** Microseconds; null where the account has none. */
  readonly time: number | null;
}

/** Everything that a page knows without asking. */
export interface ViewScene {
  readonly clocks: readonly { readonly name: string; readonly bars: number }[];
  /** The clock that is shown first. */
  readonly clock: string;
  /** Of rows, in order. */
  readonly features: readonly string[];
  /** Indices of features that are shown first. */
  readonly shown: readonly number[];
  /** Absent where there are no predictions; the threshold is null where nobody said it. */
  readonly predictions?: { readonly threshold: number | null };
  readonly labels: boolean;
  /** Folds of the splits; 0: there are none. */
  readonly folds: number;
  /** Whether trades are known to be missing in some row. */
  readonly holes: boolean;
  /** When the first row was ready, microseconds; null: none was. */
  readonly readyFrom: number | null;
  readonly problems: readonly ViewedProblem[];
  /** All of them, of which the first are here. */
  readonly problemCount: number;
  /** What a page without a server has; absent where a server answers. */
  readonly embedded?: EmbeddedRun;
}

/** Windows of one clock, the newest bars at full detail, and all that they can be asked beside. */
export interface EmbeddedRun {
  /** As {@link encodeWindow} has them, in base64; from the finest to the coarsest. */
  readonly windows: readonly string[];
  /** By index of a feature. */
  readonly distributions: Readonly<Record<number, Distribution>>;
}

const HEAD_BYTES = 8;

/** One buffer: the length of a head, the head as JSON, and the columns as doubles, one after the other. */
export function encodeWindow({ columns, ...facts }: ChartWindow): Uint8Array<ArrayBuffer> {
  const lengths = Object.entries(columns).map(([name, { length }]) => [name, length] as const);
  const head = new TextEncoder().encode(JSON.stringify({ ...facts, lengths }));
  const start = HEAD_BYTES + Math.ceil(head.length / 8) * 8;
  const total = lengths.reduce((sum, [, length]) => sum + length, 0);
  const bytes = new Uint8Array(start + 8 * total);
  new DataView(bytes.buffer).setUint32(0, head.length, true);
  bytes.set(head, HEAD_BYTES);
  let at = start;
  for (const column of Object.values(columns)) {
    new Float64Array(bytes.buffer, at, column.length).set(column);
    at += 8 * column.length;
  }
  return bytes;
}

/** The other way; the columns lie in the buffer. */
export function decodeWindow(buffer: ArrayBuffer): ChartWindow {
  const length = new DataView(buffer).getUint32(0, true);
  const head = new TextDecoder().decode(new Uint8Array(buffer, HEAD_BYTES, length));
  type Head = Omit<ChartWindow, 'columns'> & { readonly lengths: readonly (readonly [string, number])[] };
  const { lengths, ...facts } = JSON.parse(head) as Head;
  let at = HEAD_BYTES + Math.ceil(length / 8) * 8;
  const columns: Record<string, Float64Array> = {};
  for (const [name, count] of lengths) {
    columns[name] = new Float64Array(buffer, at, count);
    at += 8 * count;
  }
  return { ...facts, columns };
}
