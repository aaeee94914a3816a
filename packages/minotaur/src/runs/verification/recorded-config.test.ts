/** The configuration that a journal holds, where it can be had. */
import assert from 'node:assert/strict';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, test } from 'node:test';
import { operator, type ConfigInput } from 'minotaur-core';
import { recordEngine } from 'minotaur-core/internal/live/recording';
import { tradeAt } from 'minotaur-core/internal/trades/trade';
import { simulate } from '../../files/simulate.ts';
import { createJournal } from '../../journal/writer.ts';
import { createEngine } from '../../node/engine.ts';
import { shadow } from './shadow.ts';

const folder = mkdtempSync(join(tmpdir(), 'minotaur-recorded-'));
after(() => rmSync(folder, { recursive: true, force: true }));

function record(name: string, config: ConfigInput): string {
  const journal = join(folder, name);
  const engine = recordEngine(createJournal(journal), (sinks) => createEngine(config, sinks));
  const [market] = simulate({ trades: 300, seed: 2 });
  for (let i = 0; i < market.length; i++) engine.push(tradeAt(market, i), { arrival: market.time[i] });
  engine.stop();
  return journal;
}

test('a session is held against its own configuration, or the one that is given', async () => {
  const config: ConfigInput = { clocks: { s: { bars: 'tick', threshold: 5 } }, features: { s: ['close'] } };
  const journal = record('own', config);
  const { holds, config: of } = await shadow({ journal });
  assert.deepEqual([holds, of], [true, 'recorded']);
  assert.equal((await shadow({ journal, config })).config, 'given');
  await assert.rejects(shadow({ journal, config: 'minotaur' }), { kind: 'state', message: /schema line/ });
});

test('operators of its own are not on record', async () => {
  const twice = operator({
    name: 'twice',
    family: 'own',
    version: 1,
    summary: 'twice',
    formula: '2 x[i]',
    source: 'here',
    inputs: ['x'],
    outputs: ['value'],
    params: [],
    lookback: () => 0,
    memory: () => ({ class: 'finite', rows: 1 }),
    nan: 'window',
    history: () => 0,
    slots: () => 0,
    run: ({ in: { 0: x }, out: { 0: out } }, from, to) => {
      for (let i = from; i < to; i++) out[i] = 2 * x[i];
    },
  });
  const journal = record('operators', {
    clocks: { s: { bars: 'tick', threshold: 5 } },
    features: { s: ['twice(close)'] },
    operators: [twice],
  });
  await assert.rejects(shadow({ journal }), { kind: 'config', message: /--config.*operators of its own/ });
});
