import assert from 'node:assert/strict';
import { test } from 'node:test';
import { catalogue } from '../catalogue.ts';
import { exampleParams } from './example.ts';

test('the parameters that an operator is shown with are ones that it accepts', () => {
  for (const op of catalogue.values()) {
    const params = exampleParams(op);
    assert.equal(op.check?.(params), undefined, op.name);
    op.params.forEach(({ name, min, max, integer }, i) => {
      assert.ok(params[i] >= min && params[i] <= max, `${name} of ${op.name}`);
      assert.ok(!integer || Number.isInteger(params[i]), `${name} of ${op.name}`);
    });
  }
});
