/** Gradients of losses at logits that are sure: what learns from them is never NaN. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { computed, inputsOf } from '../../../../../test/graphs.ts';
import { differentiate } from '../../onnx/graph/differentiate.ts';
import { sum } from '../../onnx/graph/operations/shaping.ts';
import { constantOf } from '../../onnx/graph/tensor.ts';
import { focal } from './classes.ts';

const LOGITS = [-200, -105, -90, -70, -20, -1, 0, 1, 20, 70, 90, 105, 200];

/** d/ds of -α (1 - P)^γ log P at s, where P = sigmoid(s). */
function slope(s: number, gamma: number, alpha: number): number {
  const [p, q] = [1 / (1 + Math.exp(-s)), 1 / (1 + Math.exp(s))];
  const logP = s > 0 ? -Math.log1p(Math.exp(-s)) : s - Math.log1p(Math.exp(s));
  return alpha * q ** gamma * (gamma * p * logP - q);
}

for (const gamma of [0, 0.1, 0.5, 1, 2]) {
  test(`focal loss of gamma ${gamma}: the gradient is right and finite, however sure a row is`, async () => {
    const shape = [LOGITS.length, 1];
    const [logits] = inputsOf([shape]);
    for (const label of [0, 1]) {
      const labels = constantOf(new Float32Array(LOGITS.length).fill(label), shape);
      const loss = sum(focal(0.3, gamma).each(logits, labels), [0, 1]);
      const [gradient] = differentiate(loss, [logits]);
      assert.ok(gradient);
      const { g } = await computed({ g: gradient }, new Map([[logits, Float32Array.from(LOGITS)]]));
      for (const [i, z] of LOGITS.entries()) {
        const expected = label === 1 ? slope(z, gamma, 0.3) : -slope(-z, gamma, 0.7);
        const near = Math.abs(g[i] - expected) <= 2e-5 * Math.abs(expected) + 1e-6;
        assert.ok(near, `label ${label}, logit ${z}: found ${g[i]}, expected ${expected}`);
      }
    }
  });
}
