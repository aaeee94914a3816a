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
  const { ids, rows } = onRecord(journal);
  const [trades, yaml, out] = ['official.csv.gz', 'live.json', 'build'].map((name) => join(folder, name));
  writeFileSync(yaml, JSON.stringify(config));
  await writeTrades(trades, [blockOf(happened)]);
  const made = minotaurAlone('build', '--config', yaml, '--trades', trades, '--out', out);
  assert.equal(made.status, 0, made.stderr);
  const built = await readRows(out);
  const verified = minotaurAlone('verify', '--journal', journal, '--trades', trades, '--config', yaml);
  assert.equal(verified.status, 0, verified.stdout + verified.stderr);
  const counted = new Map<string, number>();
  for (const id of ids) counted.set(id, (counted.get(id) ?? 0) + 1);
  const longest = Math.max(built.length, rows.length);
  return {
    trades: happened.length,
    missed: happened.filter(({ id }) => !counted.has(String(id))).length,
    twice: [...counted.values()].filter((count) => count > 1).length,
    rows: built.length,
    changed: Array.from({ length: longest }, (_, i) => same(built[i], rows[i])).filter((one) => !one).length,
  };
}

const same = (a: readonly number[] | undefined, b: readonly number[] | undefined): boolean =>
  a?.length === b?.length && (a ?? []).every((value, i) => Object.is(value, b?.[i]));

/**
 * Trades and rows as the record has them. The last push of a session whose rows are not all there is recorded again by the next:
 * its trades and rows stand there twice under their names, and have to be the same.
 */
function onRecord(journal: string): { readonly ids: readonly string[]; readonly rows: readonly number[][] } {
  const ids: string[] = [];
  const rows: number[][] = [];
  let begins = false;
  for (const { record } of openJournal(journal).records()) {
    begins ||= record.kind === 'start';
    if (record.kind === 'row') {
      const row = [record.time, ...record.values];
      if (rows[record.ordinal] !== undefined && !same(rows[record.ordinal], row)) row.push(NaN);
      rows[record.ordinal] = row;
    }
    if (record.kind !== 'trade') continue;
    const id = String(tradeOfRow(record).id);
    const before = begins ? ids.lastIndexOf(id) : -1;
    if (before >= 0) ids.length = before;
    begins = false;
    ids.push(id);
  }
  return { ids, rows };
}
