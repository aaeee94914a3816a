/** Recording a run and holding it against history, as a user does. */
import assert from 'node:assert/strict';
import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdirSync, readdirSync, readFileSync, statSync, truncateSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { pathToFileURL } from 'node:url';
import { gunzipSync } from 'node:zlib';
import { simulate } from '../packages/minotaur/src/files/simulate.ts';
import { writeTrades } from '../packages/minotaur/src/files/trades/write-trades.ts';
import { lockDirectory } from '../packages/minotaur/src/node/lock.ts';
import type { ShadowResult } from '../packages/minotaur/src/verify/shadow/shadow.ts';
import { dataFile, MAIN, minotaur, needsData, nodeArguments, run, temporaryFolder, type Outcome } from './cli.ts';

const folder = temporaryFolder();
const at = (...names: readonly string[]): string => join(folder, ...names);
const config = at('config.yaml');
writeFileSync(
  config,
  'clocks: { short: { bars: dollar, threshold: 100000 }, 1min: { bars: time, every: 1min } }\nfeatures: { short: [close, "sma(close, 10)"] }\n',
);
const trades = at('trades.csv.gz');
await writeTrades(trades, simulate({ trades: 120_000, seed: 3 }));

const verify = (journal: string, ...more: readonly string[]): Outcome =>
  minotaur('verify', '--journal', journal, '--config', config, ...more);

function verdict(outcome: Outcome): { holds: boolean; shadow: ShadowResult & { torn: unknown[] } } {
  const { holds, checks } = JSON.parse(outcome.stdout) as {
    holds: boolean;
    checks: (ShadowResult & { torn: unknown[] })[];
  };
  return { holds, shadow: checks[0] };
}

test('a recorded replay is the build, to the bit, and holds against history and the venue', () => {
  const journal = at('plain');
  const built = run('build', '--trades', trades, '--config', config, '--out', at('built'));
  const replayed = run('replay', '--trades', trades, '--config', config, '--out', at('replayed'), '--journal', journal);
  assert.equal(replayed.digest, built.digest);
  const outcome = verify(journal, '--trades', trades, '--json');
  assert.equal(outcome.status, 0, outcome.stdout + outcome.stderr);
  const { holds, shadow } = verdict(outcome);
  assert.ok(holds && shadow.name === 'shadow' && shadow.first === null);
  assert.equal(shadow.compared['rows'], built.counts.rows);
  assert.equal(shadow.compared['trades'], 120_000);
  assert.equal(shadow.compared['official trades'], 120_000);
});

test('while one records into it, a journal is refused to another, and is as it was', () => {
  const lock = lockDirectory(at('plain'), 'session.lock', 'nobody else');
  const before = readdirSync(at('plain'));
  const replaying = ['replay', '--trades', trades, '--config', config, '--out', at('second')];
  const { status, stderr } = minotaur(...replaying, '--journal', at('plain'));
  assert.equal(status, 2);
  assert.match(
    stderr,
    new RegExp(`plain.*expected a journal that no other session writes.*process ${process.pid}`, 's'),
  );
  assert.deepEqual(readdirSync(at('plain')), before);
  assert.ok(!existsSync(at('second')));
  lock.release();
});

/** Kills its process once so much of a segment is written: whoever looks from outside may come too late. */
const KILLED = `
import fs from 'node:fs';
import { syncBuiltinESMExports } from 'node:module';
const { openSync, writeSync } = fs;
let [segment, bytes] = [-1, 0];
fs.openSync = (path, ...rest) => {
  const file = openSync(path, ...rest);
  if (String(path).endsWith('00000002.journal')) segment = file;
  return file;
};
fs.writeSync = (file, ...rest) => {
  const written = writeSync(file, ...rest);
  if (file === segment && (bytes += written) >= 500_000) process.kill(process.pid, 'SIGKILL');
  return written;
};
syncBuiltinESMExports();
`;

test('killed with SIGKILL, a recording holds as far as it goes; the next one goes on behind it', async () => {
  const journal = at('killed');
  const state = at('first', 'state.bin');
  const flags = ['--trades', trades, '--config', config];
  run('replay', ...flags, '--limit', '20000', '--out', at('first'), '--journal', journal);
  const next = ['replay', ...flags, '--from', state, '--journal', journal, '--out'];
  writeFileSync(at('killed.mjs'), KILLED);
  const imported = ['--import', pathToFileURL(at('killed.mjs')).href];
  const child = spawn(process.execPath, [...nodeArguments, ...imported, MAIN, ...next, at('lost')]);
  assert.deepEqual(await once(child, 'exit'), [null, 'SIGKILL']);
  const segment = join(journal, '00000002.journal');
  assert.ok(!existsSync(at('lost', 'manifest.json')), 'it was killed before its end');
  const cut = verify(journal, '--trades', trades);
  assert.equal(cut.status, 0, cut.stdout + cut.stderr);
  assert.match(cut.stdout, /1 of 2 sessions end without a stop/);
  // Half a record more or less is no matter: the tail is told.
  truncateSync(segment, statSync(segment).size - 11);
  const torn = verdict(verify(journal, '--json'));
  assert.ok(torn.holds);
  assert.equal(torn.shadow.torn.length, 1);
  run(next[0], ...next.slice(1), at('again'));
  assert.deepEqual(readdirSync(journal), ['00000001.journal', '00000002.journal', '00000003.journal']);
  const whole = verdict(verify(journal, '--trades', trades, '--json'));
  assert.ok(whole.holds, JSON.stringify(whole.shadow.first));
  assert.equal(whole.shadow.compared['sessions'], 3);
});

test('the same trades in a file that names the market, or does not, are the same trades', () => {
  const named = at('ABCUSDT-trades-2024-08-05.csv');
  const bare = at('bare.csv');
  for (const file of [named, bare]) writeFileSync(file, `${readTrades().slice(0, 8001).join('\n')}\n`);
  const flags = (file: string): string[] => ['--trades', file, '--config', config];
  for (const [recorded, other] of [
    [named, bare],
    [bare, named],
  ]) {
    const journal = `${recorded}-journal`;
    run('replay', ...flags(recorded), '--out', at('named-out'), '--journal', journal);
    for (const file of [recorded, other]) {
      const { status, stdout, stderr } = minotaur('verify', '--journal', journal, ...flags(file));
      assert.equal(status, 0, `${file}: ${stdout}${stderr}`);
      assert.match(stdout, /1 snapshots, 8,000 official trades\n +code: none\n +data: none/);
    }
  }
  // What is on record says which market it is: the file of another is none of it.
  const wrong = at('XYZUSDT-trades-2024-08-05.csv');
  writeFileSync(wrong, readFileSync(bare));
  const refused = minotaur('verify', '--journal', `${named}-journal`, ...flags(wrong));
  assert.equal(refused.status, 2, refused.stdout);
  assert.match(refused.stderr, /expected .*ABCUSDT[\s\S]*found .*XYZUSDT/);
});

test('missed and revised trades: exit 1, named data, and what they did', () => {
  const lines = readTrades();
  const other = lines.filter((_, i) => i !== 9000 && i !== 9001);
  const fields = other[12_000].split(',');
  fields[1] = String(Number(fields[1]) + 0.5);
  other[12_000] = fields.join(',');
  const file = at('received.csv');
  writeFileSync(file, other.slice(0, 30_000).join('\n') + '\n');
  run('replay', '--trades', file, '--config', config, '--out', at('received'), '--journal', at('data'));
  const report = at('report.html');
  const outcome = verify(at('data'), '--trades', trades, '--report', report);
  assert.equal(outcome.status, 1, outcome.stdout + outcome.stderr);
  assert.match(outcome.stdout, /FAILS {2}shadow/);
  assert.match(outcome.stdout, /code: none/);
  assert.match(
    outcome.stdout,
    /data: 2 missed, 1 revised \(price 1\) trades; changed [1-9]\d* of \d+ rows.*, first at 20\d\d-/,
  );
  assert.match(outcome.stdout, /first missed: id 9000, /);
  assert.equal(verify(at('data')).status, 0, 'without the trades of the venue there is only code to check');
  assert.match(readFileSync(report, 'utf8'), /2 missed, 1 revised/);
});

function readTrades(): string[] {
  const plain = at('plain.csv');
  if (!existsSync(plain)) writeFileSync(plain, gunzipSync(readFileSync(trades)));
  return readFileSync(plain, 'utf8').trimEnd().split('\n');
}

test('what cannot be answered exits 2: no journal, nothing in it, another schema, damage', () => {
  const flags = ['--trades', trades, '--config', config, '--out', at('x')];
  run('replay', ...flags, '--limit', '5', '--journal', at('tiny'));
  run('replay', ...flags, '--limit', '9000', '--journal', at('damaged'));
  const file = at('damaged', '00000001.journal');
  const bytes = readFileSync(file);
  bytes[bytes.length >> 1] ^= 1;
  writeFileSync(file, bytes);
  const other = at('other.yaml');
  writeFileSync(other, readFileSync(config, 'utf8').replace('sma(close, 10)', 'sma(close, 11)'));
  mkdirSync(at('empty'));
  const cases: readonly (readonly [Outcome, RegExp])[] = [
    [verify(at('nowhere')), /expected the directory of a journal/],
    [verify(at('empty')), /expected a journal: segments/],
    [verify(at('tiny')), /expected a journal with rows to compare/],
    [minotaur('verify', '--journal', at('plain'), '--config', other), /sma_11_short[\s\S]*sma_10_short/],
    [verify(at('damaged')), /00000001\.journal byte \d+\n {2}expected a record as it was written/],
    [verify(at('plain'), '--artefact', 'x.json'), /artefact and model go together/],
  ];
  for (const [{ status, stderr, stdout }, message] of cases) {
    assert.equal(status, 2, stdout);
    assert.match(stderr, message);
  }
});

test('a journal that cannot grow is an error, and what was written before holds', () => {
  const journal = at('full');
  const replay = ['replay', '--trades', trades, '--config', config, '--out', at('full-out'), '--journal', journal];
  // Files of at most 1,500 blocks of 512 or 1,024 bytes.
  const limited = ['-c', 'ulimit -f 1500 && exec "$0" "$@"', process.execPath, ...nodeArguments, MAIN, ...replay];
  const { status, stderr } = spawnSync('sh', limited, { encoding: 'utf8' });
  assert.equal(status, 2, stderr);
  assert.match(stderr, /00000001\.journal\n {2}expected a journal that can be written\n {2}found {4}EFBIG/);
  const { holds, shadow } = verdict(verify(journal, '--json'));
  assert.ok(holds && shadow.code.counts.rows > 50, JSON.stringify(shadow));
});

test('a real market: what its socket carried against the file of its trades', needsData, () => {
  const real = at('real.yaml');
  writeFileSync(
    real,
    'clocks: { short: { bars: dollar, threshold: 100000 } }\nfeatures: { short: [close, dollar_volume] }\n',
  );
  const frames = dataFile('binance/usdm_btcusdt_20240808.frames.gz');
  const journal = at('real');
  run('replay', '--trades', frames, '--config', real, '--out', at('real-out'), '--journal', journal);
  const file = dataFile('binance/BTCUSDT-usdm-trades-2024-08-08.csv.gz');
  const outcome = minotaur('verify', '--journal', journal, '--config', real, '--trades', file, '--json');
  const { shadow } = verdict(outcome);
  assert.equal(shadow.code.differences, 0);
  // Neither side's own quote quantity is read: the product is the same from both.
  assert.equal(shadow.data?.differences, 0);
  assert.equal(shadow.data?.effect.changed, 0);
  assert.equal(outcome.status, 0);
});

test('without --config a journal is held against its own; what is expected of other records is the preset, and the refusal says so', () => {
  const journal = at('no-config');
  run(
    'replay',
    '--trades',
    trades,
    '--config',
    config,
    '--limit',
    '2000',
    '--out',
    at('no-config-rows'),
    '--journal',
    journal,
  );
  const said = /schema line \d+\n.*\n.*\n {2}no --config was given: the preset minotaur was taken\n$/;
  assert.doesNotMatch(minotaur('verify', '--journal', journal, '--config', 'minotaur').stderr, /no --config/);
  // A journal holds its own.
  const own = minotaur('verify', '--journal', journal);
  assert.equal(own.status, 0, own.stdout + own.stderr);
  assert.match(own.stdout, /of the configuration that the journal holds/);
  assert.doesNotMatch(verify(journal).stdout, /that the journal holds/);
  const split = [
    'split',
    '--rows',
    at('no-config-rows'),
    '--labels',
    at('none.parquet'),
    '--out',
    at('none-split.parquet'),
  ];
  assert.match(minotaur(...split).stderr, said);
});
