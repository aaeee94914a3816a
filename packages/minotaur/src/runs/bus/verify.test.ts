/** What `bus verify` says of a bus that is written to meanwhile. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { parseConfig } from 'minotaur-core';
import { appendRows, type Row } from 'minotaur-core/internal/rows/row';
import { verifyLines } from '../../cli/print/bus.ts';
import { sealed } from '../../bus/codec/envelope.ts';
import { digestAfter, encodeRows } from '../../bus/codec/rows.ts';
import type { Log } from '../../bus/log/contract.ts';
import type { LogRecord, TopicName } from '../../bus/recovery/contract.ts';
import { createChains } from '../../bus/worker/chains.ts';
import { produce } from '../../bus/worker/produce.ts';
import { simulate } from '../../files/simulate.ts';
import { createEngine } from '../../node/engine.ts';
import { verifyLog } from './verify.ts';

const config = parseConfig({ clocks: { s: { bars: 'tick', threshold: 5 } }, features: { s: ['close'] } });

/** A log of one partition. */
function logOf() {
  const topics: Record<TopicName, LogRecord[]> = { events: [], rows: [], predictions: [], snapshots: [] };
  const log: Log = {
    partitions: async () => 1,
    range: async (topic) => ({ first: 0, end: topics[topic].length }),
    async *read(topic, _partition, from) {
      const records = topics[topic].slice(from);
      yield { records, next: from + records.length };
    },
    write: async (_partition, messages) =>
      messages.map(({ topic, key, value }) => {
        const records = topics[topic];
        return records.push({ offset: records.length, key, value: sealed(value) }) - 1;
      }),
    join: () => Promise.reject(new Error('nobody joins')),
    close: async () => {},
  };
  return { log, topics };
}

/** A log with the events of a market, and how the rows of it are written. */
async function scene() {
  const { log, topics } = logOf();
  const rows: Row[] = [];
  const engine = createEngine(config, { onRows: (block) => appendRows(rows, block) });
  const origin = { text: '', maxSilence: Infinity };
  for (const block of simulate({ trades: 100, seed: 4 })) engine.push(block, { maxSilence: Infinity });
  const source = {
    chain: 'AAA',
    instruments: ['AAA'],
    *events() {
      for (const block of simulate({ trades: 100, seed: 4 }))
        yield { kind: 'trades', instrument: 0, origin, block, arrival: undefined } as const;
    },
  };
  await produce(log, [source], { hasSnapshots: false, batch: 50, signal: new AbortController().signal });
  const chains = createChains(config, undefined);
  const write = (from: number, to: number, made: readonly Row[] = rows): void => {
    const batch = made.slice(from, to);
    const of = { schemaId: chains.plan.schema.id, chain: 'AAA', epoch: 0, first: from };
    const value = encodeRows({ ...of, rows: batch, digest: digestAfter(made.slice(0, to), undefined) });
    topics.rows.push({ offset: topics.rows.length, key: 'AAA', value });
  };
  return { log, chains, rows, write };
}

test('rows that are on their way are waited for, and what comes behind them is not asked about', async () => {
  const { log, chains, rows, write } = await scene();
  assert.equal(rows.length, 20);
  write(0, 19);
  const verifying = verifyLog(log, { chains, predicts: false });
  setTimeout(() => write(19, 20), 100);
  const { holds, chains: found } = await verifying;
  assert.deepEqual([holds, found[0].expected, found[0].found], [true, 20, 20]);
});

test('rows that do not come are not all there; rows of other bits are not the same, and nobody waits', async () => {
  const late = await scene();
  late.write(0, 19);
  const report = await verifyLog(late.log, { chains: late.chains, predicts: false, patience: 300 });
  assert.equal(report.holds, false);
  assert.match(verifyLines(report), /19 of 20 rows\nNOT all there, same bits as far as they are/);
  const other = await scene();
  const rows = other.rows.map((row, i) => (i === 7 ? { ...row, time: row.time + 1 } : row));
  other.write(0, 19, rows);
  const differs = await verifyLog(other.log, { chains: other.chains, predicts: false, patience: 1e9 });
  assert.equal(differs.chains[0].differs, 7);
  assert.match(verifyLines(differs), /row 7 has other bits\nNOT the same/);
});
