import assert from 'node:assert/strict';
import { randomBytes } from 'node:crypto';
import fs, { existsSync } from 'node:fs';
import { test } from 'node:test';
import { watchWork } from './watch.ts';

/** Made before anybody watched. */
const berlin = new Intl.DateTimeFormat('de', { timeZone: 'Europe/Berlin' });
const german = new Intl.NumberFormat('de');
const collator = new Intl.Collator();

const questions: readonly (readonly [string, () => unknown])[] = [
  ['Date.now', () => Date.now()],
  ['new Date()', () => new Date()],
  ['Date.getHours', () => new Date(0).getHours()],
  ['Math.random', () => Math.random()],
  ['performance.now', () => performance.now()],
  ['process.hrtime', () => process.hrtime()],
  ['crypto.randomUUID', () => crypto.randomUUID()],
  ['process.hrtime.bigint', () => process.hrtime.bigint()],
  ['process.env.TZ', () => process.env['TZ']],
  ['fs.existsSync nowhere', () => existsSync('nowhere')],
  [`fs.readFileSync ${import.meta.url}`, () => fs.readFileSync(new URL(import.meta.url))],
  ['crypto.randomBytes', () => randomBytes(4)],
  ['Intl.DateTimeFormat', () => new Intl.DateTimeFormat().format(0)],
  ['Intl.DateTimeFormat.format', () => berlin.format(0)],
  ['Intl.NumberFormat.format', () => german.format(1)],
  ['Intl.Collator.compare', () => collator.compare('a', 'b')],
  ['Date()', () => Date()],
  ['Number.toLocaleString', () => (1).toLocaleString()],
];
for (const [what, ask] of questions) {
  test(`notices ${what}, and where`, () => {
    const asked = watchWork(() => void ask());
    assert.ok(String(asked).startsWith(`${what}, `), asked);
    assert.match(String(asked), /watch\.test/);
  });
}

test('lets arithmetic and event time be, and puts everything back', () => {
  const before = [Date, Date.now, Math.random, existsSync, performance.now, Object.keys(performance).length];
  assert.equal(
    watchWork(() => void Math.sqrt(new Date(1e12).getUTCHours())),
    undefined,
  );
  assert.throws(() =>
    watchWork(() => {
      throw new Error('work');
    }),
  );
  assert.deepEqual([Date, Date.now, Math.random, existsSync, performance.now, Object.keys(performance).length], before);
  assert.ok(Number.isFinite(Date.now()) && new Date() instanceof Date);
});
