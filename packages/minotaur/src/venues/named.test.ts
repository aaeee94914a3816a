import assert from 'node:assert/strict';
import { test } from 'node:test';
import { decoderOf, venueNamed } from './named.ts';

test('a venue by its name; a wrong one is told the nearest', () => {
  assert.equal(venueNamed('kraken').name, 'kraken');
  assert.throws(() => decoderOf('binance-sport'), /found binance-sport \(did you mean 'binance-spot'\?\)/);
});

test('what cannot be read is told, and nothing is thrown', () => {
  const [said] = decoderOf('binance-spot')('{"e":"trade"}');
  assert.equal(said.kind, 'unknown');
});
