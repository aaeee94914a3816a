/**
 * `minotaur live` as a process that begins warm: killed while it begins it begins anew, its rows are those of a build; what predicts
 * is replaced between two rows, and the record holds for both.
 */
import assert from 'node:assert/strict';
import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { copyFileSync, readdirSync, statSync, truncateSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { after, test } from 'node:test';
import { setTimeout as pause } from 'node:timers/promises';
import type { JournalRecord } from '../../packages/core/src/live/record.ts';
import { blockOf, type Trade } from '../../packages/core/src/trades/trade.ts';
import { openJournal } from '../../packages/minotaur/src/journal/reader.ts';
import { simulatedTrades } from '../../packages/minotaur/src/files/simulate.ts';
import { writeTrades } from '../../packages/minotaur/src/files/trades/write-trades.ts';
import { openLocalVenue, type LocalVenue } from '../../packages/minotaur/src/venues/wire/local-venue.ts';
import { processSurroundings } from '../../packages/minotaur/src/venues/wire/surroundings.ts';
import { MAIN, minotaur, nodeArguments, readRows, run, temporaryFolder } from '../cli.ts';

const folder = temporaryFolder();
const at = (name: string): string => join(folder, name);
const around = processSurroundings();
writeFileSync(
  at('live.yaml'),
  `instruments: { SIMUSDT: { venue: binance-spot } }
clocks: { s: { bars: tick, threshold: 20 }, m: { from: s, count: 5 } }
features: { s: [close, "rsi(close, 14)", "sma(close, 300)"], m: ["ema(close, 5)", volume] }
`,
);

const children: ChildProcess[] = [];
after(() => children.forEach((child) => child.kill('SIGKILL')));

interface Live {
  readonly child: ChildProcess;
  readonly url: string;
}

interface Begin {
  readonly venue: LocalVenue;
  readonly journal: string;
  readonly config?: string;
  readonly flags?: readonly string[];
}

async function begin({
  venue,
  journal,
  config = at('live.yaml'),
  flags = ['--bootstrap', 'rest'],
}: Begin): Promise<Live> {
  const where = ['--stream-url', `binance-spot=${venue.streamUrl}`, '--rest-url', `binance-spot=${venue.restBase}`];
  const args = ['live', '--config', config, '--journal', journal, '--port', '0', ...where, ...flags];
  const child = spawn(process.execPath, [...nodeArguments, MAIN, ...args], { stdio: ['ignore', 'pipe', 'pipe'] });
  children.push(child);
  let text = '';
  child.stderr.on('data', (chunk) => (text += String(chunk)));
  for await (const chunk of child.stdout) {
    text += String(chunk);
    const url = /^(http:\S+)/m.exec(text)?.[1];
    if (url !== undefined && text.includes('Control-C')) return { child, url };
  }
  return assert.fail(`it ended: ${text}`);
}

interface Status {
  readonly state: string;
  readonly next: string;
  readonly artefact: string | null;
  readonly reasons: readonly { readonly code: string; readonly text: string }[];
}

const statusOf = async ({ url }: Live): Promise<Status> => (await (await fetch(`${url}/v1/status`)).json()) as Status;

async function until(what: string, holds: () => Promise<boolean>): Promise<void> {
  for (const end = performance.now() + 60_000; !(await holds()); await pause(30))
    assert.ok(performance.now() < end, `${what} did not come`);
}

/** The id of the oldest trade that it was warmed with, as its events tell it. */
async function firstOf({ url }: Live): Promise<number> {
  const { body } = await fetch(`${url}/v1/events`, { headers: { 'last-event-id': 'none' } });
  let text = '';
  for await (const piece of body ?? []) {
    text += Buffer.from(piece).toString();
    const id = /"event":"bootstrapped".*?"from":\{"SIMUSDT":\{.*?"id":(\d+)/.exec(text)?.[1];
    if (id !== undefined) return Number(id);
  }
  return assert.fail(text);
}

async function terminate({ child }: Live): Promise<void> {
  child.kill('SIGTERM');
  await once(child, 'exit');
}

const recordsOf = (journal: string): JournalRecord[] => [...openJournal(journal).records()].map(({ record }) => record);

/** One market at any hour of the day at which the test runs, and it began two hours ago. */
function* simulated(seed: number): Iterable<Trade> {
  const start = 1_722_848_400_000_000;
  const since = around.wall() - 7_200_000_000 - start;
  for (const trade of simulatedTrades({ trades: 1_000_000, seed, start, blockRows: 256 }))
    yield { ...trade, time: trade.time + since };
}

/** Rows on record are the last of those of a build from `from` on, and all of them are ready. */
async function compare(journal: string, trades: readonly Trade[], name: string): Promise<void> {
  const official = at(`${name}.csv.gz`);
  await writeTrades(official, [blockOf(trades)]);
  run('build', '--config', at('live.yaml'), '--trades', official, '--out', at(name));
  const built = await readRows(at(name));
  const rows = recordsOf(journal).flatMap((record) => (record.kind === 'row' ? [record] : []));
  assert.ok(rows.length > 0 && rows.every(({ ready }) => ready));
  assert.deepEqual(
    rows.map(({ time, values }) => [time, ...values]),
    built.slice(-rows.length),
  );
  const checked = minotaur('verify', '--journal', journal, '--trades', official, '--config', at('live.yaml'));
  assert.equal(checked.status, 0, checked.stdout);
}

test('killed while it begins: it begins anew, warm, and its rows are those of a build', async () => {
  const venue = await openLocalVenue({
    venue: 'binance-spot',
    markets: { SIMUSDT: simulated(5) },
    around,
    heartbeat: 100,
  });
  const journal = at('killed');
  try {
    venue.say('SIMUSDT', 12_000);
    venue.faults.restHalf = true;
    for (let kill = 0; kill < 2; kill++) {
      const live = await begin({ venue, journal });
      await until('some of it', async () => {
        if (kill === 0) venue.say('SIMUSDT', 2);
        const { reasons } = await statusOf(live);
        return reasons.some(
          ({ code, text }) => code === 'bootstrapping' && /^[1-9]\d* %: \d+ of about \d+ trades/.test(text),
        );
      });
      assert.equal((await fetch(`${live.url}/readyz`)).status, 503);
      assert.equal((await fetch(`${live.url}/v1/rows`)).status, 503);
      live.child.kill('SIGKILL');
      await once(live.child, 'exit');
      assert.deepEqual(
        readdirSync(journal).filter((file) => file.endsWith('.journal')),
        [],
      );
    }
    venue.faults.restHalf = false;
    const live = await begin({ venue, journal });
    await until('life', async () => (await statusOf(live)).state === 'live');
    for (let i = 0; i < 10; i++) {
      venue.say('SIMUSDT', 40, (['plainly', 'twice', 'swapped', 'lost'] as const)[i % 4]);
      if (i === 5) venue.clients.disconnect('at once');
      await pause(20);
    }
    venue.say('SIMUSDT', 1);
    const [first] = recordsOf(journal);
    assert.ok(first.kind === 'start' && first.state !== undefined);
    const from = await firstOf(live);
    const trades = venue.happened('SIMUSDT').filter(({ id }) => Number(id) >= from);
    await until('the last row', async () => (await statusOf(live)).next === `0:${Math.floor(trades.length / 20)}`);
    await terminate(live);
    const rows = recordsOf(journal).filter(({ kind }) => kind === 'row').length;
    assert.ok(rows >= 19, `${rows} rows`);
    // Of a machine without power, only the beginning is there: what it goes on behind is not.
    const segment = readdirSync(journal).find((file) => file.endsWith('.journal')) ?? '';
    const size = statSync(join(journal, segment)).size;
    const started = [...openJournal(journal).records()].at(1)?.byte ?? size;
    await compare(journal, trades, 'killed-build');
    truncateSync(join(journal, segment), started);
    const again = await begin({ venue, journal });
    await until('life', async () => (await statusOf(again)).state === 'live');
    venue.say('SIMUSDT', 100);
    await until('rows', async () => (await statusOf(again)).next.startsWith('1:'));
    await pause(200);
    await terminate(again);
    const anew = recordsOf(journal).findLast((record) => record.kind === 'start');
    assert.ok(anew?.kind === 'start' && anew.epoch === 1 && anew.state?.recovered !== true);
  } finally {
    await venue.close();
  }
});

const PREDICTED = `instruments: { SIMUSDT: { venue: binance-spot } }
clocks: { s: { bars: tick, threshold: 20 } }
features: { s: [close, trade_imbalance, "rsi(close, 14)", "lag(log_return(close), 1..2)"] }
label: { method: fixed, target: 0.0005, stop: 0.0005, limit: 5min }
`;

/** An artefact and a model of the chain in `config`, learned on a file of trades. */
function learn(
  name: string,
  trades: string,
  rows: string,
  sections: string,
): { artefact: string; model: string; config: string } {
  const path = (file: string): string => at(`${name}-${file}`);
  const made = { artefact: path('artefact.json'), model: path('model.onnx'), config: path('config.yaml') };
  const [labels, splits] = [path('labels.parquet'), path('splits.parquet')];
  writeFileSync(made.config, PREDICTED + sections);
  run('label', '--rows', rows, '--trades', trades, '--config', made.config, '--out', labels);
  run('split', '--rows', rows, '--labels', labels, '--config', made.config, '--out', splits);
  run('fit', '--rows', rows, '--splits', splits, '--config', made.config, '--out', made.artefact);
  const learned = ['--rows', rows, '--labels', labels, '--splits', splits, '--artefact', made.artefact];
  run('train', ...learned, '--config', made.config, '--out', made.model);
  return made;
}

test('the model is replaced between two rows: every row is predicted once, and the record holds for both', async () => {
  const market = [...simulated(7)].slice(0, 40_000);
  const trades = at('learned.csv.gz');
  await writeTrades(trades, [blockOf(market.slice(0, 20_000))]);
  writeFileSync(at('predicted.yaml'), PREDICTED);
  run('build', '--config', at('predicted.yaml'), '--trades', trades, '--out', at('learned'));
  const first = learn('first', trades, at('learned'), 'sequence: { length: 1 }\nmodel: { kind: trees, rounds: 5 }\n');
  const second = learn('second', trades, at('learned'), 'sequence: { length: 4 }\nmodel: { kind: logistic }\n');
  const [artefact, model] = [at('served.json'), at('served.onnx')];
  const put = (made: { artefact: string; model: string }): void => {
    copyFileSync(made.artefact, artefact);
    copyFileSync(made.model, model);
    copyFileSync(`${made.model}.json`, `${model}.json`);
  };
  put(first);
  const config = at('predicted.yaml');
  const venue = await openLocalVenue({ venue: 'binance-spot', markets: { SIMUSDT: market }, around, heartbeat: 100 });
  const journal = at('replaced');
  const flags = ['--bootstrap', 'rest', '--artefact', artefact, '--model', model];
  try {
    venue.say('SIMUSDT', 20_000);
    let live = await begin({ venue, journal, config, flags });
    await until('life', async () => (await statusOf(live)).state === 'live');
    const from = await firstOf(live);
    const say = async (): Promise<void> => {
      for (let i = 0; i < 10; i++) {
        venue.say('SIMUSDT', 40);
        await pause(20);
      }
    };
    const replace = async (): Promise<{ status: number; body: Record<string, unknown> }> => {
      const answer = await fetch(`${live.url}/v1/model`, { method: 'POST' });
      return { status: answer.status, body: (await answer.json()) as Record<string, unknown> };
    };
    await say();
    put(second);
    const { artefact: before } = await statusOf(live);
    const told = await replace();
    assert.deepEqual([told.status, told.body.replaced], [200, true]);
    assert.deepEqual([told.body.artefact, (await statusOf(live)).artefact], [told.body.artefact, told.body.artefact]);
    assert.notEqual(told.body.artefact, before);
    await say();
    assert.equal((await replace()).body.replaced, false);
    // Another chain is another session.
    writeFileSync(config, PREDICTED.replace('threshold: 20', 'threshold: 30'));
    const refused = await replace();
    assert.equal(refused.status, 409);
    assert.match(String(refused.body.message), /configuration, clocks\.s\.threshold: expected 20, .*, found 30/);
    writeFileSync(config, PREDICTED);
    await say();
    // As it is killed its files are the first again: what predicts now looks back at the rows on record.
    live.child.kill('SIGKILL');
    await once(live.child, 'exit');
    put(first);
    live = await begin({ venue, journal, config, flags });
    await until('life', async () => (await statusOf(live)).state === 'live');
    await say();
    put(second);
    live.child.kill('SIGHUP');
    await until('the model', async () => (await statusOf(live)).artefact === told.body.artefact);
    await say();
    const last = Math.floor(venue.happened('SIMUSDT').filter(({ id }) => Number(id) >= from).length / 20);
    await until('the last row', async () => (await statusOf(live)).next === `0:${last}`);
    await terminate(live);
    const records = recordsOf(journal);
    const rows = new Set(records.flatMap((record) => (record.kind === 'row' ? [record.ordinal] : [])));
    const predictions = new Map<number, boolean>();
    for (const record of records) {
      if (record.kind !== 'prediction') continue;
      assert.equal(record.prediction.refusal, undefined);
      predictions.set(record.ordinal, true);
    }
    assert.ok(rows.size > 90, `${rows.size} rows`);
    assert.deepEqual([...predictions.keys()], [...rows]);
    const named = ['--artefact', first.artefact, '--model', first.model];
    const checked = minotaur('verify', '--journal', journal, '--config', config, ...named);
    assert.equal(checked.status, 0, checked.stdout + checked.stderr);
    assert.match(checked.stdout, /predictions/);
  } finally {
    await venue.close();
  }
});
