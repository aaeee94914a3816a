/** A session that collected is killed behind any write of its new beginning: the next one lacks nothing of what was collected. */
import assert from 'node:assert/strict';
import { join } from 'node:path';
import { test } from 'node:test';
import { tradeOfRow } from '../../packages/core/src/trades/trade.ts';
import { openJournal } from '../../packages/minotaur/src/journal/reader.ts';
import { temporaryFolder } from '../cli.ts';
import { BEGIN, bits, built, market, open, openMirror, recorded, say, session, SYMBOL } from '../collecting-scene.ts';
import { keepEveryState, type Left } from '../killed-anywhere.ts';

const folder = temporaryFolder();
/** Trades as the new beginning began, behind midnight. */
const COLLECTED = 20_320;

/** Ids on record, by epoch, each as often as it is there. */
function idsOf(journal: string): ReadonlyMap<number, readonly unknown[]> {
  const ids = new Map<number, unknown[]>();
  for (const { record, header } of openJournal(journal).records()) {
    if (record.kind !== 'trade') continue;
    const { id } = tradeOfRow(record);
    ids.set(header.epoch, [...(ids.get(header.epoch) ?? []), id]);
  }
  return ids;
}

test('killed behind any write of the beginning anew: nothing missed, nothing twice, no row changed', async (t) => {
  const mirror = await openMirror();
  const journal = join(folder, 'journal');
  const first = await open();
  const left: (Left & { readonly happened: number })[] = [];
  try {
    first.say(SYMBOL, BEGIN);
    await session(first, { journal }, mirror.url, (url) => say(first, COLLECTED - BEGIN, url, '0:366'));
    mirror.publish();
    const end = keepEveryState(journal, join(folder, 'left'), (one) =>
      left.push({ ...one, happened: first.happened(SYMBOL).length }),
    );
    try {
      await session(first, { journal }, mirror.url, (url) => say(first, 200, url, `1:${(COLLECTED + 200) / 20}`));
    } finally {
      end();
    }
  } finally {
    await first.close();
  }
  assert.ok(left.some(({ behind }) => behind.startsWith('.beginning')) && left.length >= 8, `${left.length}`);
  for (const { journal: own, behind, happened } of left) {
    const venue = await open();
    try {
      venue.say(SYMBOL, happened);
      const until = Math.ceil((happened + 100) / 20) * 20;
      const { report } = await session(venue, { journal: own }, mirror.url, (url) =>
        say(venue, until - happened, url, `1:${until / 20}`),
      );
      assert.deepEqual([report.why, report.epoch, report.trades], ['told', 1, until], behind);
    } finally {
      await venue.close();
    }
    compare(own, behind);
  }
  t.diagnostic(`${left.length} kills`);
});

function compare(journal: string, behind: string): void {
  const ids = idsOf(journal);
  const all = [...ids.values()].flat();
  const truth = market.map(({ id }) => id);
  const last = truth.indexOf(all.at(-1) as string) + 1;
  const known = new Set([...history(), ...all]);
  const missed = truth.slice(BEGIN - 1000, last).filter((id) => !known.has(id));
  const twice = [...ids.values()].filter((own) => new Set(own).size < own.length).length;
  const rows = recorded(journal);
  const changed = [0, 1].flatMap((epoch) => {
    const own = rows.filter((row) => row.epoch === epoch);
    const whole = built(market.slice(epoch === 0 ? BEGIN - 1000 : 0, epoch === 0 ? COLLECTED : last));
    const expected = epoch === 0 ? whole.slice(whole.length - own.length) : whole.slice(-own.length);
    return JSON.stringify(own.map(bits)) === JSON.stringify(expected) ? [] : [epoch];
  });
  assert.deepEqual({ missed: missed.length, twice, changed }, { missed: 0, twice: 0, changed: [] }, behind);
  assert.ok(
    rows.every(({ epoch, ready, complete }) => complete && ready === (epoch === 1)),
    behind,
  );
}

/** What the first session began with: the newest page of REST, in its state and not among its events. */
const history = (): readonly unknown[] => market.slice(BEGIN - 1000, BEGIN).map(({ id }) => id);
