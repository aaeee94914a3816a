/** A live session of two instruments, one of whose feeds is late: what a release let out is data, and said. */
import assert from 'node:assert/strict';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, test } from 'node:test';
import type { Recorder } from 'minotaur-core/internal/live/record';
import { recordEngine } from 'minotaur-core/internal/live/recording';
import { drive, LATE, make, SECOND, START } from '../../../../../test/several-session.ts';
import { openJournal } from '../../journal/reader.ts';
import { createJournal } from '../../journal/writer.ts';
import { copyRows } from '../faults/wrap.ts';
import { describeShadow, shadow, type ShadowResult } from './shadow.ts';

const folder = mkdtempSync(join(tmpdir(), 'minotaur-releases-'));
after(() => rmSync(folder, { recursive: true, force: true }));

/** Records the session and holds it against history; `change` is between the chain and the journal. */
function check(name: string, change: (journal: Recorder) => Recorder = (journal) => journal): Promise<ShadowResult> {
  const directory = join(folder, name);
  const engine = recordEngine(change(createJournal(directory)), make);
  drive(engine);
  engine.snapshot();
  engine.stop();
  return shadow({ entries: openJournal(directory).records(), make });
}

test('rows that a release let out are told as data, how many, and the rows after them are compared', async () => {
  const outcome = await check('released');
  assert.ok(outcome.holds, JSON.stringify(outcome.first));
  assert.equal(outcome.code.differences, 0);
  const { releases } = outcome;
  assert.ok(releases !== null);
  assert.equal(releases.releases, LATE[1] - LATE[0] - 5);
  assert.ok(releases.rows >= 4 && releases.rows <= 8, `${releases.rows} rows`);
  assert.ok(releases.changed >= 3 && releases.changed <= releases.rows, `${releases.changed} changed`);
  assert.equal(releases.unsaid, 0);
  // Before the feed was late, and again behind it.
  assert.ok(releases.same > 45, `${releases.same} rows are the same`);
  assert.ok(releases.first !== undefined && releases.first.time > START + LATE[0] * SECOND);
  const lines = describeShadow(outcome);
  assert.equal(lines[0], 'code: none');
  assert.match(
    String(lines.at(-1)),
    /^ {2}10 releases let \d rows out before all had come, as incomplete: \d have other values than history, first at 2024-03-09T12:00:.* in .*_b\w*; \d+ rows are history's$/,
  );
});

test('without its releases on record the session is another than its record: code', async () => {
  const outcome = await check('unrecorded', (journal) => ({ ...journal, release: () => {} }));
  assert.ok(!outcome.holds);
  assert.ok(outcome.code.differences > 0);
});

test('a row that was let go and called complete is code', async () => {
  const outcome = await check('called-complete', (journal) => ({
    ...journal,
    rows(rows) {
      const complete = copyRows(rows);
      complete.complete.fill(1);
      journal.rows(complete);
    },
  }));
  assert.ok(outcome.code.counts.rowsDiffer > 0);
  assert.match(describeShadow(outcome)[0], /\(complete\)|other bits/);
});

test('a session that never waited for anything has released nothing', async () => {
  const directory = join(folder, 'punctual');
  const engine = recordEngine(createJournal(directory), make);
  drive(engine, 0, 60);
  engine.stop();
  const outcome = await shadow({ entries: openJournal(directory).records(), make });
  assert.ok(outcome.holds);
  assert.equal(outcome.releases, null);
  assert.ok(describeShadow(outcome).every((line) => !line.includes('release')));
});
