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

/** A log with the events of a market, the same for each of some chains, and how rows of them are written. */
async function scene(...names: [string, ...string[]]) {
  const { log, topics } = logOf();
  const rows: Row[] = [];
  const engine = createEngine(config, { onRows: (block) => appendRows(rows, block) });
  const origin = { text: '', maxSilence: Infinity };
  for (const block of simulate({ trades: 100, seed: 4 })) engine.push(block, { maxSilence: Infinity });
  const sources = names.map((chain) => ({
    chain,
    instruments: [chain],
    *events() {
      for (const block of simulate({ trades: 100, seed: 4 }))
        yield { kind: 'trades', instrument: 0, origin, block, arrival: undefined } as const;
    },
  }));
  await produce(log, sources, { hasSnapshots: false, batch: 50, signal: new AbortController().signal });
  const chains = createChains(config, undefined);
  const write = (from: number, to: number, made: readonly Row[] = rows, chain = names[0], epoch = 0): void => {
    const batch = made.slice(from, to);
    const of = { schemaId: chains.plan.schema.id, chain, epoch, first: from };
    const value = encodeRows({ ...of, rows: batch, digest: digestAfter(made.slice(0, to), undefined) });
    topics.rows.push({ offset: topics.rows.length, key: chain, value });
  };
  return { log, chains, rows, write };
}

test('rows that are on their way are waited for, and what comes behind them is not asked about', async () => {
  const { log, chains, rows, write } = await scene('AAA');
  assert.equal(rows.length, 20);
  write(0, 19);
  const verifying = verifyLog(log, { chains, predicts: false });
  setTimeout(() => write(19, 20), 100);
  const { holds, chains: found } = await verifying;
  assert.deepEqual([holds, found[0].expected, found[0].found], [true, 20, 20]);
});

test('rows that do not come are not all there; rows of other bits are not the same, and nobody waits', async () => {
  const late = await scene('AAA');
  late.write(0, 19);
  const report = await verifyLog(late.log, { chains: late.chains, predicts: false, patience: 300 });
  assert.equal(report.holds, false);
  assert.match(verifyLines(report), /19 of 20 rows\nNOT all there, same bits as far as they are/);
  const other = await scene('AAA');
  const rows = other.rows.map((row, i) => (i === 7 ? { ...row, time: row.time + 1 } : row));
  other.write(0, 19, rows);
  const differs = await verifyLog(other.log, { chains: other.chains, predicts: false, patience: 1e9 });
  assert.equal(differs.chains[0].differs, 7);
  assert.match(verifyLines(differs), /row 7 has other bits\nNOT the same/);
});

test('while one chain is waited for, nothing is forgiven another: rows that no event gives are too many', async () => {
  const { log, chains, rows, write } = await scene('AAA', 'BBB');
  write(0, 19);
  write(0, 22, [...rows, ...rows.slice(0, 2)], 'BBB');
  const verifying = verifyLog(log, { chains, predicts: false });
  setTimeout(() => write(19, 20), 100);
  const { holds, rows: seen, chains: found } = await verifying;
  assert.deepEqual(
    found.map((one) => [one.chain, one.expected, one.found]),
    [
      ['AAA', 20, 20],
      ['BBB', 20, 22],
    ],
  );
  assert.deepEqual([holds, seen], [false, 42]);
});

test('what was whole at first stays so, whatever is written to it while another is waited for', async () => {
  const { log, chains, rows, write } = await scene('AAA', 'BBB', 'CCC');
  write(0, 19);
  for (const chain of ['BBB', 'CCC']) write(0, 20, rows, chain);
  const verifying = verifyLog(log, { chains, predicts: false });
  setTimeout(() => {
    write(0, 1, rows, 'BBB', 1);
    write(20, 22, [...rows, ...rows.slice(0, 2)], 'CCC');
    write(19, 22, [...rows, ...rows.slice(0, 2)]);
    write(0, 1, rows, 'AAA', 1);
  }, 100);
  const { holds, rows: seen, digests, chains: found } = await verifying;
  const digest = Buffer.from(digestAfter(rows, undefined)).toString('hex');
  assert.deepEqual(
    found.map((one) => [one.expected, one.found, digests[one.chain]]),
    ['AAA', 'BBB', 'CCC'].map(() => [20, 20, digest]),
  );
  assert.deepEqual([holds, seen], [true, 60]);
});

test('what is late is waited for once, in however many partitions', async () => {
  const { log, chains, write } = await scene('AAA');
  write(0, 19);
  let looks = 0;
  const counting: Log = {
    ...log,
    partitions: async () => 3,
    range(topic, ...rest) {
      if (topic === 'rows') looks++;
      return log.range(topic, ...rest);
    },
  };
  const { holds } = await verifyLog(counting, { chains, predicts: false, patience: 400 });
  assert.equal(holds, false);
  assert.ok(looks <= 5, `${looks} looks: two more in the first, and one in each`);
});
