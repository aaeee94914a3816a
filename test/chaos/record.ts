/** What a session left on record, against what happened at the venue. */
import assert from 'node:assert/strict';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { ConfigInput } from '../../packages/core/src/config/config.ts';
import { blockOf, tradeOfRow, type Trade } from '../../packages/core/src/trades/trade.ts';
import { writeTrades } from '../../packages/minotaur/src/files/trades/write-trades.ts';
import { openJournal } from '../../packages/minotaur/src/journal/reader.ts';
import { minotaurAlone } from '../main.ts';
import { readRows } from '../read-rows.ts';

export interface Found {
  readonly trades: number;
  /** Trades of the venue that are not on record. */
  readonly missed: number;
  /** Trades that are on record more than once. */
  readonly twice: number;
  readonly rows: number;
  /** Rows that are not those of a build, bit for bit. */
  readonly changed: number;
}

/** Every trade and every row on record, beside those of a build of `happened`; `verify` has to agree. */
export async function compareRecord(
  journal: string,
  config: ConfigInput,
  happened: readonly Trade[],
  folder: string,
): Promise<Found> {
  const times = new Map<string, number>();
  const recorded: number[][] = [];
  for (const { record } of openJournal(journal).records()) {
    if (record.kind === 'row') recorded.push([record.time, ...record.values]);
    if (record.kind !== 'trade') continue;
    const id = String(tradeOfRow(record).id);
    times.set(id, (times.get(id) ?? 0) + 1);
  }
  const [trades, yaml, out] = ['official.csv.gz', 'live.json', 'build'].map((name) => join(folder, name));
  writeFileSync(yaml, JSON.stringify(config));
  await writeTrades(trades, [blockOf(happened)]);
  const made = minotaurAlone('build', '--config', yaml, '--trades', trades, '--out', out);
  assert.equal(made.status, 0, made.stderr);
  const built = await readRows(out);
  const same = (a: readonly number[] | undefined, b: readonly number[] | undefined): boolean =>
    a?.length === b?.length && (a ?? []).every((value, i) => Object.is(value, b?.[i]));
  const verified = minotaurAlone('verify', '--journal', journal, '--trades', trades, '--config', yaml);
  assert.equal(verified.status, 0, verified.stdout + verified.stderr);
  const longest = Math.max(built.length, recorded.length);
  return {
    trades: happened.length,
    missed: happened.filter(({ id }) => !times.has(String(id))).length,
    twice: [...times.values()].filter((count) => count > 1).length,
    rows: built.length,
    changed: Array.from({ length: longest }, (_, i) => same(built[i], recorded[i])).filter((one) => !one).length,
  };
}
