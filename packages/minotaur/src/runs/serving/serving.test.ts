/** What `live` asks of a bus before it begins, and what of the night does not end it. */
import assert from 'node:assert/strict';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, test } from 'node:test';
import { setTimeout } from 'node:timers/promises';
import { fail } from 'minotaur-core/internal/base/errors';
import { planOf } from 'minotaur-core/internal/config/engine';
import { parseConfig } from 'minotaur-core/internal/config/config';
import { writePlaceFile } from '../../bus/follower/place-file.ts';
import { createMetrics } from '../../service/metrics/metrics.ts';
import { factsOf } from '../../service/publication/facts.ts';
import { createPublication } from '../../service/publication/publication.ts';
import { processSurroundings } from '../../venues/wire/surroundings.ts';
import { firstNeededOf, requireBus } from './bus-following.ts';
import { createNight } from './night.ts';

const folder = mkdtempSync(join(tmpdir(), 'minotaur-serving-'));
after(() => rmSync(folder, { recursive: true, force: true }));

const bus = 'kafka://localhost:9092/desk';
const one = [{ name: 'AAA' }];
const two = [{ name: 'AAA' }, { name: 'BBB' }];

test('a bus of several instruments needs the name of their chain at the start; a chain and settings need a bus', async () => {
  await assert.rejects(requireBus({ bus }, two), {
    kind: 'config',
    message: /--chain: expected a name for the chain of AAA, BBB .* found none/,
  });
  await assert.rejects(requireBus({ chain: 'pair' }, two), /--bus: expected an address of a bus, found --chain/);
  await assert.rejects(requireBus({ busSettings: 'bus.yaml' }, one), /found --bus-settings without one/);
  await requireBus({}, two);
});

test('the segments that a bus needs are those of its place', () => {
  const place = { bus: 'desk', chain: 'AAA', epoch: 0, events: 9, segment: 4, byte: 100 };
  writePlaceFile(folder, place);
  assert.equal(firstNeededOf({ bus, journal: folder }, one)?.(), 4);
  assert.equal(firstNeededOf({ bus, journal: folder, chain: 'pair' }, two)?.(), 0);
  assert.equal(firstNeededOf({ bus: 'kafka://localhost:9092/other', journal: folder }, one)?.(), 0);
  assert.equal(firstNeededOf({ journal: folder }, one), undefined);
});

test('a place that cannot be read is said, and the session goes on', async () => {
  const plan = planOf(parseConfig({ clocks: { s: { bars: 'tick', threshold: 7 } }, features: { s: ['close'] } }));
  const around = processSurroundings();
  const publication = createPublication({ ...factsOf(plan, 'test', null), training: undefined }, { now: around.wall });
  const lines: object[] = [];
  const night = createNight({
    options: { keep: 1 },
    journal: folder,
    instruments: plan.instruments,
    publication,
    metrics: await createMetrics(),
    log: (line) => void lines.push(line),
    around,
    firstNeeded: () => fail('input', 'bus.json', 'a file that can be read', 'none'),
  });
  type Shadow = Parameters<typeof night.start>[0];
  night.start({} as Shadow);
  while (lines.length === 0) await setTimeout(5);
  await night.end(undefined);
  assert.match(JSON.stringify(lines), /"event":"retention".*a file that can be read/);
});

test('the disk is looked at before the session runs, and no more once it has ended', async () => {
  const plan = planOf(parseConfig({ clocks: { s: { bars: 'tick', threshold: 7 } }, features: { s: ['close'] } }));
  const around = processSurroundings();
  const metrics = await createMetrics();
  const facts = { ...factsOf(plan, 'test', null), training: undefined };
  const night = createNight({
    options: {},
    journal: folder,
    instruments: plan.instruments,
    publication: createPublication(facts, { now: around.wall }),
    metrics,
    log: () => {},
    around,
  });
  night.watchDisk();
  const free = /^minotaur_journal_free_bytes [1-9]/m;
  for (const end = performance.now() + 10_000; !free.test(await metrics.text()); await setTimeout(20))
    assert.ok(performance.now() < end, 'nobody has looked');
  await night.end(undefined);
});
