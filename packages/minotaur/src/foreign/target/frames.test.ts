/** Frames of the runner come whole, however they are cut on their way. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { frameOf, frameReader, failureOf, answerOf, type Frame } from './frames.ts';
import { isFailed } from './target.ts';

const bytes = Buffer.concat([
  ...frameOf(
    { id: 1, rows: 2, columns: ['x'], keys: ['time'], seconds: 0, seen: [] },
    Buffer.from(new Float64Array([1, 2, NaN, 4]).buffer),
  ),
  ...frameOf({ id: 2, error: 'KeyError: close', at: 'f.py line 3' }, Buffer.alloc(0)),
]);

test('frames are read from chunks of any size', () => {
  for (const size of [1, 3, 7, 64, bytes.length]) {
    const frames: Frame[] = [];
    const take = frameReader((frame) => frames.push(frame));
    for (let at = 0; at < bytes.length; at += size) take(Buffer.from(bytes.subarray(at, at + size)));
    assert.deepEqual(
      frames.map(({ facts }) => facts['id']),
      [1, 2],
    );
    const answer = answerOf(frames[0]);
    assert.ok(!isFailed(answer));
    assert.deepEqual([...(answer.columns.get('x') ?? [])], [NaN, 4]);
    assert.deepEqual([...(answer.time ?? [])], [1, 2]);
    assert.deepEqual(answerOf(frames[1]), { failed: 'KeyError: close (f.py line 3)' });
  }
});

test('what is no frame is refused', () => {
  const take = frameReader(() => {});
  assert.throws(() => take(Buffer.from('hello, this is no frame')), /no frame/);
  assert.equal(failureOf({ expected: 'a table', found: 'an int' }), 'it gave back an int, where a table was expected');
});
