/** A model that does not answer, in a session and in a worker: rows go on without it, and SIGTERM ends the session. */
import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { rmSync, writeFileSync } from 'node:fs';
import { after, test } from 'node:test';
import { setTimeout as pause } from 'node:timers/promises';
import type { Prediction } from '../packages/core/src/live/predictor.ts';
import { copyTrades, sliceTrades } from '../packages/core/src/trades/trade.ts';
import { createChains } from '../packages/minotaur/src/bus/worker/chains.ts';
import { loadConfig } from '../packages/minotaur/src/files/config-file.ts';
import { simulate, simulatedTrades } from '../packages/minotaur/src/files/simulate.ts';
import { writeTrades } from '../packages/minotaur/src/files/trades/write-trades.ts';
import { openJournal } from '../packages/minotaur/src/journal/reader.ts';
import { readPredicting, withPredictors } from '../packages/minotaur/src/runs/bus/predicting.ts';
import { openLocalVenue } from '../packages/minotaur/src/venues/wire/local-venue.ts';
import { processSurroundings } from '../packages/minotaur/src/venues/wire/surroundings.ts';
import { MAIN, nodeArguments } from './cli.ts';
import { at, make } from './predicting.ts';

const HANGING = at('hanging');
process.env['HANGING'] = HANGING;
await import('./hanging-model.ts');

const CHAIN = `label: { method: horizon, after: 8 }
instruments: { SIMUSDT: { venue: binance-spot } }
clocks: { s: { bars: tick, threshold: 20 } }
features: { s: [close, "sma(close, 5)"] }
`;
const SEEN = 40_000;
await writeTrades(at('seen.parquet'), simulate({ trades: SEEN, seed: 5 }));
const made = make(
  'hung',
  at('seen.parquet'),
  'sequence: { length: 1 }\nmodel: { kind: logistic, calibration: none }\n',
  CHAIN,
);
const around = processSurroundings();
const market = simulatedTrades({ trades: 100_000, seed: 5, start: around.wall() - 60_000_000, blockRows: 256 });
const venue = await openLocalVenue({ venue: 'binance-spot', markets: { SIMUSDT: market }, around, heartbeat: 100 });
after(() => venue.close());

const REFUSAL = 'the model has not answered within 5 s';
const isUnanswered = ({ refusal }: Prediction): boolean => refusal === REFUSAL;

async function begin() {
  const flags = ['--stream-url', `binance-spot=${venue.streamUrl}`, '--rest-url', `binance-spot=${venue.restBase}`];
  const files = ['--config', made.config, '--artefact', made.artefact, '--model', made.model];
  const first = ['--import', new URL('hanging-model.ts', import.meta.url).href];
  const args = [
    ...nodeArguments,
    ...first,
    MAIN,
    'live',
    ...files,
    '--journal',
    at('journal'),
    '--port',
    '0',
    ...flags,
  ];
  const child = spawn(process.execPath, args, { stdio: ['ignore', 'pipe', 'ignore'] });
  let text = '';
  for await (const chunk of child.stdout.iterator({ destroyOnReturn: false })) {
    text += String(chunk);
    const url = /^(http:\S+)/.exec(text)?.[1];
    if (url !== undefined && text.includes('Control-C')) return { child, url };
  }
  return assert.fail(`it ended: ${text}`);
}

async function until(what: string, holds: () => Promise<boolean>): Promise<void> {
  for (const end = performance.now() + 30_000; !(await holds()); await pause(50))
    assert.ok(performance.now() < end, `${what} did not come`);
}

test(
  'a session serves the rows of a model that hangs once, predicts again, and ends by SIGTERM where it hangs for ever',
  { timeout: 60_000 },
  async () => {
    const { child, url } = await begin();
    child.stdout.resume();
    const refused = async (): Promise<number> => {
      const text = await (await fetch(`${url}/metrics`)).text();
      return Number(/^minotaur_unpredicted_total\{by="model"\} (\d+)$/m.exec(text)?.[1] ?? 0);
    };
    const status = async (): Promise<{ readonly state: string; readonly next: string }> =>
      (await (await fetch(`${url}/v1/status`)).json()) as Awaited<ReturnType<typeof status>>;
    const rows = async (): Promise<number> => Number((await status()).next.split(':')[1]);
    try {
      await until('the session', async () => (await status()).state === 'live');
      venue.say('SIMUSDT', 400);
      await until('rows', async () => (await rows()) >= 20);
      assert.equal(await refused(), 0);
      writeFileSync(HANGING, '');
      venue.say('SIMUSDT', 200);
      await until('rows behind the limit', async () => (await refused()) >= 10);
      const before = await refused();
      rmSync(HANGING);
      await pause(200);
      venue.say('SIMUSDT', 200);
      const all = Math.floor(venue.happened('SIMUSDT').length / 20);
      await until('rows of a model that answers', async () => (await rows()) === all);
      assert.equal(await refused(), before);
      writeFileSync(HANGING, '');
      venue.say('SIMUSDT', 200);
      await pause(500);
      const begun = performance.now();
      child.kill('SIGTERM');
      const [code] = (await once(child, 'exit')) as [number];
      assert.equal(code, 0);
      assert.ok(performance.now() - begun < 15_000, 'it took longer than the limit to end');
      requireRecord(before);
    } finally {
      child.kill('SIGKILL');
      rmSync(HANGING, { force: true });
    }
  },
);

/** Every row has its prediction or its refusal, and the record has its end. */
function requireRecord(before: number): void {
  const predictions: Prediction[] = [];
  const kinds: string[] = [];
  for (const { record } of openJournal(at('journal')).records()) {
    kinds.push(record.kind);
    if (record.kind === 'prediction') predictions.push(record.prediction);
  }
  assert.equal(predictions.length, kinds.filter((kind) => kind === 'row').length);
  assert.equal(predictions.length, Math.floor(venue.happened('SIMUSDT').length / 20));
  const unanswered = predictions.filter(isUnanswered).length;
  assert.ok(unanswered > before, `${unanswered} rows, ${before} before`);
  assert.ok(isUnanswered(predictions[predictions.length - 1]));
  assert.ok(kinds.lastIndexOf('snapshot') > kinds.lastIndexOf('prediction'), kinds.slice(-20).join(' '));
}

test(
  'a worker of a bus writes the rows of a model that hangs, and predicts those behind',
  { timeout: 60_000 },
  async () => {
    const { config } = await loadConfig(made.config);
    const by = readPredicting(made, config);
    const block = copyTrades([...simulate({ trades: 1000, seed: 6 })][0]);
    await withPredictors(by, async (predictor) => {
      const chain = createChains(config, predictor).open('SIMUSDT', 0, undefined);
      const origin = { text: '', maxSilence: NaN };
      const take = (from: number, length: number) => {
        const event = {
          kind: 'trades',
          instrument: 0,
          origin,
          block: slice(from, length),
          arrival: undefined,
        } as const;
        return chain.take({ chain: 'SIMUSDT', epoch: 0, first: 0, instruments: ['SIMUSDT'], events: [event] }, 0);
      };
      const slice = (from: number, length: number) => sliceTrades(block, from, from + length);
      writeFileSync(HANGING, '');
      const { predictions } = await take(0, 600).finally(() => rmSync(HANGING));
      assert.equal(predictions.length, 30);
      assert.ok(predictions.filter(isUnanswered).length > 20, JSON.stringify(predictions.slice(-2)));
      await pause(200);
      const behind = await take(600, 400);
      assert.equal(behind.predictions.filter(({ refusal }) => refusal === undefined).length, 20);
    });
  },
);
