/** A busy market in small: bursts are absorbed, nothing is lost, and what is held does not grow. `npm run bench day` is the long one. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { held, openSession } from '../bench/live-session.ts';

const PARTS = 6;
const BURST = 15_000;

test(
  'bursts of trades are used to the last, on record, in memory that does not grow',
  { timeout: 180_000 },
  async () => {
    const waited: number[] = [];
    const timings = { transit: () => {}, prediction: () => {}, row: (seconds: number) => void waited.push(seconds) };
    const session = await openSession({ trades: PARTS * BURST, seed: 8, dense: 2.6 }, timings);
    try {
      const after: number[] = [];
      for (let part = 0; part < PARTS; part++) {
        await session.send({ count: BURST });
        after.push(held());
      }
      const { trades, rows } = session.supervisor.chain.counts();
      assert.equal(trades, PARTS * BURST);
      assert.deepEqual(session.wrong, []);
      assert.ok(rows > 20 && waited.length === rows, `${rows} rows, ${waited.length} of them timed`);
      // What stays of trades stays of each burst; what else moves a heap does so now and then.
      const growth = after
        .slice(2)
        .map((bytes, i) => (bytes - after[i + 1]) / BURST)
        .toSorted((a, b) => a - b);
      assert.ok(growth[1] < 40, `${growth.join(', ')} bytes a trade stay: ${after.join(' ')}`);
      await session.supervisor.snapshot();
      const bytes = session.journalBytes() / trades;
      assert.ok(bytes > 40 && bytes < 120, `${bytes} bytes a trade`);
    } finally {
      await session.close();
    }
  },
);
