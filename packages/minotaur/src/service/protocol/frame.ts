/** Rows, predictions and bars as binary messages; docs/serving.md has them byte by byte. Little-endian, doubles at multiples of 8. */
import type { BarMessage, ClockColumns, Message, PredictionMessage, RowMessage } from './messages.ts';

/** `MNT1` as it lies in memory. */
const MAGIC = 0x31544e4d;
const HEAD = 40;
const KIND = { row: 1, prediction: 2, bar: 3 } as const;
const READY = 1;
const COMPLETE = 2;
const PREDICTION_VALUES = 3;

interface Head {
  readonly kind: number;
  readonly flags: number;
  /** Index of a bar's clock. */
  readonly source: number;
  readonly epoch: number;
  readonly ordinal: number;
  readonly time: number;
  readonly arrival: number;
}

/** A frame without a head: room for `count` doubles and `tail` bytes. */
const roomFor = (count: number, tail = 0): Uint8Array<ArrayBuffer> =>
  new Uint8Array(new ArrayBuffer(HEAD + 8 * count + tail));

/** Writes the head of a frame of `count` doubles. */
function setHead(bytes: Uint8Array<ArrayBuffer>, head: Head, count: number): void {
  const view = new DataView(bytes.buffer);
  view.setUint32(0, MAGIC, true);
  view.setUint8(4, head.kind);
  view.setUint8(5, head.flags);
  view.setUint16(6, head.source, true);
  view.setUint32(8, head.epoch, true);
  view.setUint32(12, count, true);
  view.setFloat64(16, head.ordinal, true);
  view.setFloat64(24, head.time, true);
  view.setFloat64(32, head.arrival, true);
}

/** Room for `count` doubles and `tail` bytes behind its head. */
function frameOf(head: Head, count: number, tail = 0): Uint8Array<ArrayBuffer> {
  const bytes = roomFor(count, tail);
  setHead(bytes, head, count);
  return bytes;
}

/** The doubles of a frame, where they lie. */
const valuesIn = (frame: Uint8Array<ArrayBuffer>, count: number): Float64Array =>
  new Float64Array(frame.buffer, frame.byteOffset + HEAD, count);

const flagsOf = (ready: boolean, complete: boolean): number => (ready ? READY : 0) | (complete ? COMPLETE : 0);

/** A message and its bytes. */
export interface Framed<M extends Message> {
  readonly message: M;
  readonly frame: Uint8Array<ArrayBuffer>;
}

/** A row whose values lie in the frame: they are copied once. */
export function frameRow(row: RowMessage): Framed<RowMessage> {
  const held = holdValues(row.values.length);
  held.values.set(row.values);
  return headRow(held, row);
}

/** The values of a row or a bar whose head is not known yet, in a frame of their own. */
export interface HeldValues {
  readonly frame: Uint8Array<ArrayBuffer>;
  /** Where they lie in it. */
  readonly values: Float64Array;
}

/** Room for so many. */
export function holdValues(count: number): HeldValues {
  const frame = roomFor(count);
  return { frame, values: valuesIn(frame, count) };
}

/** The row of these values. */
export function headRow({ frame, values }: HeldValues, row: Omit<RowMessage, 'values'>): Framed<RowMessage> {
  const { epoch, ordinal, time, arrival, ready, complete } = row;
  const flags = flagsOf(ready, complete);
  setHead(frame, { kind: KIND.row, flags, source: 0, epoch, ordinal, time, arrival }, values.length);
  return { message: { kind: 'row', epoch, ordinal, time, arrival, ready, complete, values }, frame };
}

/** The bar of these values, of the clock with this index. */
export function headBar(
  { frame, values }: HeldValues,
  bar: Omit<BarMessage, 'values'>,
  index: number,
): Framed<BarMessage> {
  const { epoch, clock, ordinal, time, arrival } = bar;
  setHead(frame, { kind: KIND.bar, flags: 0, source: index, epoch, ordinal, time, arrival }, values.length);
  return { message: { kind: 'bar', epoch, clock, ordinal, time, arrival, values }, frame };
}

/** A prediction; the reason why there is none stands behind its doubles. */
export function framePrediction(message: PredictionMessage): Framed<PredictionMessage> {
  const { probability, calibrated, signal, complete, refusal } = message;
  const text = new TextEncoder().encode(refusal);
  const flags = flagsOf(refusal === '', complete);
  const head = { ...message, kind: KIND.prediction, flags, source: 0 };
  const frame = frameOf(head, PREDICTION_VALUES, text.length);
  valuesIn(frame, PREDICTION_VALUES).set([probability, calibrated, signal]);
  frame.set(text, HEAD + 8 * PREDICTION_VALUES);
  return { message, frame };
}

/** What a binary message says; undefined where it is none of this version. The values are those of `bytes`, not copied. */
export function decodeFrame(
  bytes: ArrayBuffer,
  clocks: readonly ClockColumns[],
): RowMessage | PredictionMessage | BarMessage | undefined {
  if (bytes.byteLength < HEAD) return undefined;
  const view = new DataView(bytes);
  const count = view.getUint32(12, true);
  if (view.getUint32(0, true) !== MAGIC || bytes.byteLength < HEAD + 8 * count) return undefined;
  const values = new Float64Array(bytes, HEAD, count);
  const flags = view.getUint8(5);
  const [ready, complete] = [(flags & READY) !== 0, (flags & COMPLETE) !== 0];
  const common = {
    epoch: view.getUint32(8, true),
    ordinal: view.getFloat64(16, true),
    time: view.getFloat64(24, true),
    arrival: view.getFloat64(32, true),
  };
  switch (view.getUint8(4)) {
    case KIND.row:
      return { kind: 'row', ...common, ready, complete, values };
    case KIND.bar:
      return { kind: 'bar', ...common, clock: clocks[view.getUint16(6, true)]?.name ?? '', values };
    case KIND.prediction: {
      const [probability, calibrated, signal] = values;
      const refusal = new TextDecoder().decode(new Uint8Array(bytes, HEAD + 8 * count));
      return { kind: 'prediction', ...common, complete, probability, calibrated, signal, refusal };
    }
    default:
      return undefined;
  }
}
