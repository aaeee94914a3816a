import assert from 'node:assert/strict';
import { test } from 'node:test';
import { parseConfig } from 'minotaur-core/internal/config/config';
import { createPlan } from 'minotaur-core/internal/chain/plan';
import type { Certificate } from '../verify/harness/certificate.ts';
import type { CheckResult } from '../verify/harness/check.ts';
import { driftOf } from '../verify/drift/drift.ts';
import type { DriftReport } from '../runs/verification/drift.ts';
import { verdictPage } from './verdict-page.ts';

/** Bytes that a page of the complete preset may have, with the drift and the warm-up curve of every feature in it. */
const BUDGET = 1_000_000;
const HOUR = 3_600_000_000;

const plan = createPlan(parseConfig('minotaur'));
const random = (i: number): number => Math.abs(Math.sin(i * 12.9898) * 43758.5453) % 1;

function everyDrift(): DriftReport {
  const side = { directory: 'rows', rows: 1_000_000, compared: 131_072 };
  const features = plan.columns.map((feature, k) => {
    const column = (from: number): Float64Array =>
      Float64Array.from({ length: 300 }, (_, i) => random(from + i * (k + 1)));
    return { feature, ...driftOf(column(0), column(1)), clipped: { reference: random(k), current: random(k + 1) } };
  });
  return { reference: side, current: side, of: 'ready', features };
}

function everyCurve(): Certificate {
  const names = plan.clocks.flatMap(({ name, graph }) => graph.features.map((f) => ({ clock: name, feature: f.name })));
  const within = { '1e-3': 900, '1e-6': 1234, '1e-9': 2345, '1e-12': null };
  return {
    clocks: plan.clocks.map(({ name }) => ({ clock: name, bars: 1234, trades: 1_234_567, hours: 123.4 })),
    row: null,
    ready: { tolerance: 1e-9, ignored: [], worst: null, beyond: 0, unmeasured: [] },
    features: names.map((one) => ({ ...one, declared: 'fading, 1234 bars', exactAfter: 3456, within, atReady: null })),
    curves: names.map((one, k) => {
      return {
        ...one,
        points: Array.from({ length: 2000 }, (_, i) => [i + 1, Math.exp(-i / 99) * random(k)] as const),
      };
    }),
  };
}

function checkResult(name: string, rest: Partial<CheckResult> = {}): CheckResult {
  const course = { stretches: 2, events: 16_384, from: 0, to: 2 * HOUR, last: HOUR };
  return {
    name,
    law: `the law of ${name}`,
    holds: true,
    answered: true,
    compared: { events: 16_384, values: 99 },
    first: null,
    course,
    ...rest,
  };
}

const facts = { lead: 'trades.parquet', events: 'trades' as const, plan, reproducers: [] };

test('the page of the complete preset, with everything in it, keeps to its budget and needs nothing but itself', () => {
  const checks = [checkResult('parity'), checkResult('memory', { certificate: everyCurve() })];
  const html = verdictPage({ ...facts, verdict: { holds: true, answered: true, checks }, drift: everyDrift() });
  assert.ok(html.length < BUDGET, `${html.length} bytes`);
  assert.ok(html.length > 300_000, 'something is missing');
  // Scripts name the namespace of SVG, which is no address.
  assert.ok(!/(src|href)="(?!#)|https?:(?!\/\/www\.w3\.org\/)/.test(html));
});

test('a page of the verdict alone is small, and says what was asked and what was not', () => {
  const { plan: _, ...rest } = facts;
  const html = verdictPage({ ...rest, verdict: { holds: true, answered: true, checks: [checkResult('parity')] } });
  assert.ok(html.length < 30_000, `${html.length} bytes`);
  assert.ok(html.includes('not asked') && html.includes('Everything holds') && !html.includes('id="lineage"'));
});

test('a failure without a place of its own lies in the last stretch; what another process found, anywhere', () => {
  const failed = { holds: false, first: { message: 'a <bar> is wrong' } };
  const checks = [checkResult('conservation', failed), checkResult('workers', failed), checkResult('parity')];
  const html = verdictPage({ ...facts, verdict: { holds: false, answered: true, checks } });
  const ribbons = [...html.matchAll(/<div class="ribbon"[\s\S]*?<\/div>/g)].map(([ribbon]) => ribbon);
  assert.match(ribbons[0], /class="off" style="left:50.00%/);
  assert.match(ribbons[1], /class="off where" style="left:0.00%/);
  assert.ok(!ribbons[2].includes('off'));
  assert.ok(html.includes('a &lt;bar> is wrong') && !html.includes('a <bar>'));
});

test('what the module of the configuration read while it loaded stands beside purity', () => {
  const inputs = [{ path: '/data/<rates>.csv', sha256: 'ab'.repeat(32), bytes: 4096 }];
  const checks = [checkResult('purity', { watched: true, inputs, asked: ['Date.now, at config.ts:3:1'] })];
  const html = verdictPage({ ...facts, verdict: { holds: true, answered: true, checks } });
  assert.ok(html.includes('nobody vouches for, read while loading: /data/&lt;rates>.csv, 4,096 bytes, sha256 abab'));
  assert.ok(html.includes('asked while loading: Date.now, at config.ts:3:1'));
});

test('a check that compared nothing neither holds nor fails', () => {
  const open = checkResult('parity', { holds: false, answered: false });
  const html = verdictPage({
    ...facts,
    verdict: { holds: false, answered: false, checks: [open, checkResult('order')] },
  });
  assert.match(html, /"verdict neutral"><b>Not answered<.*1 of 2 checks compared nothing: parity/);
  assert.match(html, /<td class="soft">not answered<\/td><td>parity<\/td>/);
  assert.match(html, /Is live what history was\?<\/b><span class="soft">not answered<\/span> <small>parity</);
  assert.ok(!html.includes('id="failures"') && !html.includes('Everything holds'));
  const failed = checkResult('blocks', { holds: false, first: { message: 'other bits' } });
  const both = verdictPage({ ...facts, verdict: { holds: false, answered: false, checks: [open, failed] } });
  assert.match(both, /Something does not hold<.*1 of 2 checks fail: blocks/);
});
