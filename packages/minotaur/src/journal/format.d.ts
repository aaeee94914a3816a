import type { GivenBar } from 'minotaur-core/internal/bars/given';
import type { JournalRecord, RecordedState } from 'minotaur-core/internal/live/record';
import type { Prediction } from 'minotaur-core/internal/live/predictor';
/** Magic, format, length of the text, CRC-32 of the text, CRC-32 of all before it. */
export declare const SEGMENT_HEAD = 24;
/** Length, kind and number, CRC-32 of these two, CRC-32 of the body. */
export declare const RECORD_HEAD = 16;
export declare const TRADE_BODY = 56;
export declare const KIND: {
  readonly start: 1;
  readonly trade: 2;
  readonly tradeOfBlock: 3;
  readonly bar: 4;
  readonly advance: 5;
  readonly refused: 6;
  readonly row: 7;
  readonly prediction: 8;
  readonly snapshot: 9;
  readonly stop: 10;
  /** The session goes on in the next segment. */
  readonly end: 11;
};
/** Whose journal this is. */
export interface JournalHeader {
  /** Counts the segments of a directory from 1. */
  readonly segment: number;
  readonly engineVersion: string;
  /** Lines of the schema; their hash is the schema id. */
  readonly schema: readonly string[];
  readonly config: unknown;
}
export declare const segmentName: (segment: number) => string;
/** The number of a segment's file name; NaN where it is another file. */
export declare function segmentNumber(name: string): number;
export declare function encodeHeader(header: JournalHeader): Uint8Array;
/** The header of a segment and where its records begin; undefined where the file ends before the header does. */
export declare function decodeHeader(
  bytes: Uint8Array,
  file: string,
):
  | {
      header: JournalHeader;
      end: number;
    }
  | undefined;
export declare function viewOf(bytes: Uint8Array): DataView;
export declare function join(...parts: readonly Uint8Array[]): Uint8Array;
export declare const encodeDoubles: (...values: readonly number[]) => Uint8Array;
export declare function encodeState(state: RecordedState | undefined): Uint8Array;
export declare function encodeBar(bar: GivenBar, clock: string, arrival: number): Uint8Array;
export declare function encodePrediction({ time, probability, calibrated, signal, refusal }: Prediction): Uint8Array;
/** A record from its kind and body; undefined for a kind that this version does not know. */
export declare function decodeRecord(kind: number, body: Uint8Array): JournalRecord | undefined;
