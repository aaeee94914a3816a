/** Sessions and followers of a bus that are killed, again and again. */
import assert from 'node:assert/strict';
import { existsSync, readFileSync, statSync, truncateSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { setTimeout } from 'node:timers/promises';
import { mulberry32 } from 'minotaur-core/internal/base/random';
import { memoryLog } from '../memory-log.ts';
import { segmentNumbers } from '../../packages/minotaur/src/journal/epochs.ts';
import { KIND, segmentName } from '../../packages/minotaur/src/journal/format.ts';
import { rawRecords } from '../../packages/minotaur/src/journal/raw-records.ts';
import { followJournal, followOn } from '../../packages/minotaur/src/bus/follower/follow.ts';
import { temporaryFolder } from '../cli.ts';
import {
  steps,
  drive,
  engineOf,
  nextStep,
  goOn,
  optionsOf,
  rowsOnRecord,
  eventNames,
  workedRows,
} from '../followed.ts';

const folder = temporaryFolder();

function newestSegment(journal: string) {
  const number = segmentNumbers(journal).at(-1) ?? 0;
  const path = join(journal, segmentName(number));
  return { number, path, size: statSync(path).size };
}

/** Where rows stand in a segment: cut off there, the event before has none. */
function rowsIn(path: string): number[] {
  return [...rawRecords(readFileSync(path), path)].flatMap(({ kind, byte }) => (kind === KIND.row ? [byte] : []));
}

/** Goes on with a journal, and is killed as soon as the start is on record. */
async function beginAndKill(journal: string): Promise<boolean> {
  const before = newestSegment(journal).number;
  await goOn(journal);
  const { number, path } = newestSegment(journal);
  const [, event] = rawRecords(readFileSync(path), path);
  if (number === before || event === undefined) return false;
  truncateSync(path, event.byte);
  return true;
}

/** Sessions that are killed while a follower, killed too, writes what they record; the log goes away now and then. */
async function killed(seed: number) {
  const uniform = mulberry32(seed);
  const journal = join(folder, `killed-${seed}`);
  const log = memoryLog();
  let [kills, twice, noted] = [0, 0, 0];
  let engine = engineOf(journal);
  let at = 0;
  const troubles: string[] = [];
  while (at < steps.length) {
    const [signal, end] = [new AbortController(), new AbortController()];
    const options = { signal: signal.signal, end: end.signal, follows: true };
    const followed = followOn(optionsOf(log, journal, options), ({ message }) => troubles.push(message));
    for (let pieces = 1 + Math.floor(uniform() * 6); pieces > 0; pieces--) {
      const to = at + Math.floor(uniform() * 90);
      drive(engine, at, to);
      at = to;
      log.away = uniform() < 0.2;
      await setTimeout(uniform() * 60);
      log.away = false;
    }
    // Killed in the midst of it, or once it has noted how far it is.
    if (uniform() < 0.5) end.abort();
    else signal.abort();
    await followed;
    if (signal.signal.aborted) noted++;
    kills++;
    // What a follower may have written is on the disk; of what came since, any part may be lost, and what was held back is.
    const known = newestSegment(journal);
    drive(engine, at, at + Math.floor(uniform() * 60));
    if (uniform() < 0.2) engine.stop();
    const { number, path, size } = newestSegment(journal);
    const least = number === known.number ? known.size : 600;
    const rows = rowsIn(path).filter((byte) => byte >= least);
    if (uniform() < 0.4 && rows.length > 0) truncateSync(path, rows[Math.floor(uniform() * rows.length)]);
    else if (uniform() < 0.7 && size > least) truncateSync(path, Math.floor(least + uniform() * (size - least)));
    for (let again = 0; again < 2 && uniform() < 0.5; again++) if (await beginAndKill(journal)) twice++;
    engine = await goOn(journal);
    at = nextStep(journal);
  }
  engine.stop();
  await followJournal(optionsOf(log, journal));
  return { journal, log, kills, twice, noted, troubles };
}

test('sessions and followers that are killed anywhere: nothing is lost and nothing comes twice', async () => {
  for (const seed of [1, 2, 3, 14]) {
    const { journal, log, kills, twice, noted, troubles } = await killed(seed);
    assert.ok(kills > 3 && twice > 0 && noted > 0, `${kills} kills, ${twice} at a start, ${noted} places`);
    assert.ok(existsSync(join(journal, 'bus.json')));
    assert.deepEqual(troubles, []);
    assert.deepEqual(await workedRows(log), rowsOnRecord(journal), `seed ${seed}`);
    const names = eventNames(log).filter((name) => !name.startsWith('hole'));
    assert.equal(new Set(names).size, names.length, `seed ${seed}`);
  }
});
