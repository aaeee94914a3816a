import assert from 'node:assert/strict';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, test } from 'node:test';
import { parseConfig } from 'minotaur-core/internal/config/config';
import { recordEngine } from 'minotaur-core/internal/live/recording';
import { tradesAround } from '../../../../../test/day-of-trades.ts';
import { segmentNumbers } from '../../journal/epochs.ts';
import { segmentName } from '../../journal/format.ts';
import { scanHeader } from '../../journal/scan.ts';
import { createJournal } from '../../journal/writer.ts';
import { createEngine } from '../../node/engine.ts';
import { createJournalHistory } from './history.ts';
import { createPages, EVENT, type Segment } from './segment-pages.ts';

const folder = mkdtempSync(join(tmpdir(), 'minotaur-pages-'));
after(() => rmSync(folder, { recursive: true, force: true }));

/** Rows behind 15,000 trades each, which are more than half a page of the segment. */
const ROWS = 5;
const EACH = 15_000;
const config = parseConfig({
  instruments: { BTCUSDT: { venue: 'binance-spot' } },
  clocks: { s: { bars: 'tick', threshold: EACH } },
  features: { s: ['close'] },
});
const engine = recordEngine(createJournal(folder), (sinks) => createEngine(config, sinks));
for (const trade of tradesAround(ROWS * EACH + 1)) engine.push(trade, { arrival: trade.time + 900 });
engine.stop();
const ordinals = Array.from({ length: ROWS }, (_, i) => i);

async function openSegment(): Promise<Segment> {
  const [number] = segmentNumbers(folder);
  const path = join(folder, segmentName(number));
  const opened = await scanHeader(path);
  assert.ok(opened !== undefined);
  return { path, epoch: opened.header.epoch, begin: opened.end, places: [] };
}

test('a page ends by the bytes that were read too: a row of slow bars does not take a segment', async () => {
  const segment = await openSegment();
  const pages = createPages();
  const found: number[] = [];
  const begins: number[] = [];
  let [longest, count] = [0, 0];
  for (let byte: number | undefined = segment.begin; byte !== undefined; count++) {
    const page: Awaited<ReturnType<typeof pages>> = await pages(segment, byte);
    const rows = page.items.flatMap((item) => (item !== EVENT && item.message.kind === 'row' ? [item.message] : []));
    found.push(...rows.map(({ ordinal }) => ordinal));
    if (rows.length > 0) begins.push(byte);
    if (page.next !== undefined) longest = Math.max(longest, page.next - byte);
    byte = page.next;
  }
  assert.deepEqual(found, ordinals);
  assert.ok(count > ROWS / 2, `${count} pages`);
  assert.ok(longest < 1.1 * 1024 * 1024, `${longest} bytes`);
  assert.deepEqual(
    segment.places.map(({ byte }) => byte),
    begins,
    'reading begins where pages do',
  );
});

test('rows behind pages that have none are found: the first, any, and all', async () => {
  const at = (ordinal: number) => ({ epoch: 0, ordinal });
  const read = async (from: number, to: number, history = createJournalHistory(folder)): Promise<number[]> => {
    const rows: number[] = [];
    for await (const { message } of history.read(at(from), at(to))) rows.push(message.ordinal);
    return rows;
  };
  assert.deepEqual(await createJournalHistory(folder).first(), at(0));
  assert.deepEqual(await read(0, ROWS), ordinals);
  const known = createJournalHistory(folder);
  for (const ordinal of [3, 0, 4, 2, 1, 3]) assert.deepEqual(await read(ordinal, ordinal + 1, known), [ordinal]);
});
