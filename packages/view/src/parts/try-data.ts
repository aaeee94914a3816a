/** What the page that computes in the browser asks of its worker, and is answered. */
import type { InspectionProps } from './inspection.tsx';
import type { ChartWindow, Distribution, ViewScene, WindowRequest } from './view-data.ts';

/** What trades were found to be. */
export interface FoundTrades {
  readonly inspection: InspectionProps;
  /** A configuration that suits them, as YAML. */
  readonly config: string;
  /** Its clocks that features can be of, the one that drives first. */
  readonly clocks: readonly string[];
}

/** What a configuration made of them. */
export interface BuiltTrades {
  readonly scene: ViewScene;
  /** SHA-256 over the rows, as the command line has it. */
  readonly digest: string;
  readonly schemaId: string;
  readonly trades: number;
  readonly rows: number;
  readonly readyRows: number;
  /** Clocks that features can be of, the one that drives first. */
  readonly clocks: readonly string[];
  /** The newest rows: names of their columns, and cells as they are written. */
  readonly newest: { readonly head: readonly string[]; readonly rows: readonly (readonly string[])[] };
  readonly seconds: number;
}

/** A change of a configuration that a form can make. */
export type ConfigChange =
  | { readonly kind: 'bars'; readonly bars: string; readonly size: string }
  | { readonly kind: 'feature'; readonly clock: string; readonly expression: string };

/** What the worker does, one at a time. */
export interface TryCalls {
  /** Takes a file, or so many simulated trades, and looks at them by what a configuration says of how they are read. */
  open(trades: File | number, reading: string): FoundTrades;
  /** The same trades, by another reading. */
  read(reading: string): FoundTrades;
  /** A configuration with a change, which has been checked. */
  change(config: string, change: ConfigChange): string;
  /** Bars, features and rows. */
  build(config: string): BuiltTrades;
  window(request: WindowRequest): ChartWindow;
  distribution(feature: number): Distribution;
  barAt(clock: string, time: number): number;
  /** All rows as CSV. */
  rows(): Blob;
}

/** A call. */
export type TryRequest = {
  readonly [K in keyof TryCalls]: {
    readonly id: number;
    readonly name: K;
    readonly of: Parameters<TryCalls[K]>;
  };
}[keyof TryCalls];

/** Something that is wrong, in the words of its facts; all of it in `found` where it is none of ours. */
export interface Told {
  readonly where: string;
  readonly expected: string;
  readonly found: string;
}

/** What comes of a call: how far it is, as often as it likes, and then a value or an error. */
export type TryAnswer =
  | { readonly id: number; readonly share: number; readonly trades: number }
  | { readonly id: number; readonly value: unknown }
  | { readonly id: number; readonly error: Told };
