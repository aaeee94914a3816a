import assert from 'node:assert/strict';
import { test } from 'node:test';
import { MinotaurError } from '../base/errors.ts';
import { decodeArtefact } from '../artefact/artefact.ts';

test('JSON that is no artefact is refused by where it was found', () => {
  for (const text of ['null', '7', '[]', '{}', '{"format":1']) {
    assert.throws(
      () => decodeArtefact(text, 'a.json'),
      (error) => error instanceof MinotaurError && error.message.includes('a.json'),
    );
  }
});
