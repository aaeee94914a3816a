/** A journal as a table. */
import assert from 'node:assert/strict';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, test } from 'node:test';
import { recordEngine } from 'minotaur-core/internal/live/recording';
import { copyTrades, tradeAt } from 'minotaur-core/internal/trades/trade';
import { simulate } from '../../files/simulate.ts';
import { openJournal } from '../../journal/reader.ts';
import { createJournal } from '../../journal/writer.ts';
import { createEngine } from '../../node/engine.ts';
import { openSide } from './open.ts';

const folder = mkdtempSync(join(tmpdir(), 'minotaur-journal-side-'));
after(() => rmSync(folder, { recursive: true, force: true }));

test('rows that a session gave again are one row each, in their order', async () => {
  const market = copyTrades([...simulate({ trades: 900, seed: 4 })][0]);
  const open = (path: string) =>
    recordEngine(createJournal(path, { segmentBytes: 16_384 }), (sinks) =>
      createEngine({ clocks: { s: { bars: 'tick', threshold: 7 } }, features: { s: ['close'] } }, sinks),
    );
  const [whole, again] = [join(folder, 'whole'), join(folder, 'again')];
  const unbroken = open(whole);
  let engine = open(again);
  for (let i = 0; i < 900; i++) unbroken.push(tradeAt(market, i));
  unbroken.stop();
  for (let i = 0; i < 400; i++) engine.push(tradeAt(market, i));
  const state = engine.snapshot();
  for (let i = 400; i < 700; i++) engine.push(tradeAt(market, i));
  engine.stop();
  engine = open(again);
  engine.restore(state, { recovered: true });
  for (let i = 400; i < 900; i++) engine.push(tradeAt(market, i));
  engine.stop();
  const [a, b] = [await openSide(whole), await openSide(again)];
  try {
    const names = a.columns.map(({ name }) => name);
    assert.deepEqual([names[0], b.rows], ['time', Math.floor(900 / 7)]);
    assert.deepEqual(await b.read(names), await a.read(names));
    const given = [...openJournal(again).records()].filter(({ record }) => record.kind === 'row').length;
    assert.ok(given > b.rows, `${given} rows on record`);
    const aborted = openSide(whole, AbortSignal.abort(new Error('stopped')));
    await assert.rejects(aborted, /^Error: stopped$/);
  } finally {
    a.close();
    b.close();
  }
});
