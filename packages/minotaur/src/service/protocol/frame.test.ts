import assert from 'node:assert/strict';
import { test } from 'node:test';
import { decodeFrame, framePrediction, frameRow, headBar, holdValues } from './frame.ts';
import { messageText, numbersText, type BarMessage, type PredictionMessage, type RowMessage } from './messages.ts';
import { comparePositions, parsePosition, positionText } from './position.ts';

const place = { epoch: 3, ordinal: 2 ** 40, time: 1.7e15, arrival: NaN };
const values = Float64Array.of(1.5, NaN, Infinity, -Infinity, 5e-324, 0.1 + 0.2);
const row: RowMessage = { kind: 'row', ...place, ready: true, complete: false, values };
const clocks = [
  { name: 'short', columns: [] },
  { name: '1min', columns: ['close'] },
];

test('what is framed is read back, byte for byte where the documents say', () => {
  const { frame, message } = frameRow(row);
  assert.equal(message.values.buffer, frame.buffer, 'the values lie in the frame');
  assert.deepEqual(decodeFrame(frame.buffer, clocks), row);
  const view = new DataView(frame.buffer);
  assert.equal(new TextDecoder().decode(frame.subarray(0, 4)), 'MNT1');
  assert.deepEqual([view.getUint8(4), view.getUint8(5), view.getUint16(6, true)], [1, 1, 0]);
  assert.deepEqual([view.getUint32(8, true), view.getUint32(12, true)], [3, 6]);
  assert.deepEqual(
    [16, 24, 40].map((at) => view.getFloat64(at, true)),
    [2 ** 40, 1.7e15, 1.5],
  );
  const bar: BarMessage = { kind: 'bar', ...place, clock: '1min', values };
  const held = holdValues(values.length);
  held.values.set(values);
  const framed = headBar(held, bar, 1);
  assert.deepEqual(framed.message, bar);
  assert.deepEqual(decodeFrame(framed.frame.buffer, clocks), bar);
  for (const refusal of ['', 'not ready: größer']) {
    const common = {
      kind: 'prediction',
      ...place,
      complete: true,
      probability: 0.25,
      calibrated: 0.5,
      signal: 1,
    } as const;
    const prediction: PredictionMessage = { ...common, refusal };
    assert.deepEqual(decodeFrame(framePrediction(prediction).frame.buffer, clocks), prediction);
  }
});

test('what is no frame is none', () => {
  const { frame } = frameRow(row);
  for (const length of [0, 4, 39, frame.length - 1])
    assert.equal(decodeFrame(frame.slice(0, length).buffer, clocks), undefined);
  assert.equal(decodeFrame(frame.map((byte, i) => (i === 0 ? 0 : byte)).buffer, clocks), undefined);
  assert.equal(decodeFrame(frame.map((byte, i) => (i === 4 ? 9 : byte)).buffer, clocks), undefined);
});

test('JSON has every double, those that are none as text', () => {
  assert.equal(numbersText(values), '[1.5,"NaN","Infinity","-Infinity",5e-324,0.30000000000000004]');
  const read = JSON.parse(messageText(row)) as { values: (number | string)[]; arrival: string };
  assert.deepEqual(Float64Array.from(read.values, Number), values);
  assert.equal(read.arrival, 'NaN');
  assert.deepEqual(JSON.parse(numbersText(new Float64Array(0))), []);
});

test('positions are written, read and compared', () => {
  for (const position of [{ epoch: 0, ordinal: 0 }, place]) {
    const { epoch, ordinal } = position;
    assert.deepEqual(parsePosition(positionText(position)), { epoch, ordinal });
  }
  for (const text of ['', '1', '1:', ':1', '-1:0', '1:1e3', '1: 2', '0:9999999999999999', 'a:b', '1:2:3'])
    assert.equal(parsePosition(text), undefined, text);
  assert.ok(comparePositions({ epoch: 1, ordinal: 0 }, { epoch: 0, ordinal: 9 }) > 0);
  assert.ok(comparePositions({ epoch: 1, ordinal: 8 }, { epoch: 1, ordinal: 9 }) < 0);
});
