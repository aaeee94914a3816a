import assert from 'node:assert/strict';
import { test } from 'node:test';
import * as fc from 'fast-check';
import { decodeEvents, encodeEvents } from './events.ts';
import { textOf } from './texts.ts';

test('a text is what its bytes say, however many came before it, and also if they are written over', () => {
  // More of them than are kept, of which some are as long as others, and a mark that decoders leave out at the beginning.
  const text = fc.oneof(fc.constantFrom('', 'A', 'B', '\uFEFFA', '\uFEFF', 'ü', '日本'), fc.string({ maxLength: 3 }));
  fc.assert(
    fc.property(fc.array(text, { maxLength: 40 }), fc.nat(5), (texts, from) => {
      const bytes = new Uint8Array(64);
      for (const one of texts) {
        const coded = Buffer.from(one);
        bytes.set(coded, from);
        assert.equal(textOf(bytes, from, from + coded.length), coded.toString());
      }
    }),
  );
});

test('chains whose names differ by a mark of byte order only are two', () => {
  for (const chain of ['A', '\uFEFFA']) {
    const batch = { chain, epoch: 0, first: 0, instruments: [chain], events: [] };
    assert.deepEqual(decodeEvents(encodeEvents(batch), 'test'), batch);
  }
});
