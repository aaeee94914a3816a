/** What goes wrong outside: a clear error, exit code 2, and nothing half-written. */
import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdirSync, readdirSync, readFileSync, truncateSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { simulate } from '../packages/minotaur/src/files/simulate.ts';
import { writeTrades } from '../packages/minotaur/src/files/trades/write-trades.ts';
import { MAIN, minotaur, nodeArguments, readManifest, run, temporaryFolder } from './cli.ts';

const folder = temporaryFolder();
const at = (name: string): string => join(folder, name);
const config = at('config.yaml');
writeFileSync(
  config,
  'clocks: { short: { bars: dollar, threshold: 100000 } }\nfeatures: { short: [close, "sma(close, 10)"] }\n',
);
const parquet = at('trades.parquet');
await writeTrades(parquet, simulate({ trades: 50_000, seed: 3 }));

const header = 'id,price,qty,quote_qty,time,is_buyer_maker,is_best_match';
const line = (i: number): string => `${i},100.5,0.1,10.05,${1_700_000_000_000 + i},True,True`;
const lines = (count: number): string[] => Array.from({ length: count }, (_, i) => line(i + 1));

function file(name: string, content: string | Buffer): string {
  writeFileSync(at(name), content);
  return at(name);
}

function truncated(): string {
  const path = file('truncated.parquet', readFileSync(parquet));
  truncateSync(path, 300_000);
  return path;
}

const bad: readonly (readonly [what: string, path: string, message: RegExp])[] = [
  ['a truncated Parquet file', truncated(), /truncated\.parquet[\s\S]*expected a complete Parquet file/],
  ['an empty file', file('empty.csv', ''), /empty\.csv/],
  ['a header and nothing below', file('header.csv', `${header}\n`), /header\.csv[\s\S]*no trades/],
  [
    'a missing column',
    file('missing.csv', `${[header.replace('price', 'prize'), ...lines(3)].join('\n')}\n`),
    /missing\.csv line 1[\s\S]*price/,
  ],
  [
    'a row with too few fields',
    file('short.csv', `${[header, line(1), '2,100.5', line(3)].join('\n')}\n`),
    /short\.csv line 3/,
  ],
  ['a file that does not exist', at('nowhere.csv'), /nowhere\.csv[\s\S]*no such file/],
  ['a glob that matches nothing', at('*.nothing'), /a glob that matches files/],
];

for (const [what, path, message] of bad) {
  test(`${what}: told, exit 2, nothing written`, () => {
    const out = at('out-bad');
    const { status, stderr, stdout } = minotaur('build', '--trades', path, '--config', config, '--out', out);
    assert.equal(status, 2, stdout);
    assert.match(stderr, message);
    assert.doesNotMatch(stderr, /\n\s+at /, 'no stack trace');
    assert.deepEqual(existsSync(out) ? readdirSync(out) : [], []);
  });
}

test('a wrong unit is told', () => {
  const unit = at('unit.yaml');
  writeFileSync(unit, 'clocks: { short: { bars: tick, threshold: 10 } }\ninput: { timeUnit: s }\n');
  const path = file('unit.csv', `${[header, ...lines(50)].join('\n')}\n`);
  const { status, stderr } = minotaur('build', '--trades', path, '--config', unit, '--out', at('out-unit'));
  assert.equal(status, 2);
  assert.match(stderr, /unit\.csv/);
});

test('a failed run leaves the previous outputs as they were', () => {
  const out = at('out-kept');
  const before = run('build', '--trades', parquet, '--config', config, '--out', out);
  assert.equal(minotaur('build', '--trades', truncated(), '--config', config, '--out', out).status, 2);
  assert.equal(readManifest(out).digest, before.digest);
  assert.deepEqual(readdirSync(out).sort(), ['bars', 'manifest.json', 'problems.jsonl', 'rows.parquet', 'state.bin']);
});

test('a killed run leaves no outputs, and the next one cleans up after it', async () => {
  const out = at('out-killed');
  const child = spawn(process.execPath, [
    ...nodeArguments,
    MAIN,
    'replay',
    '--trades',
    parquet,
    '--config',
    'minotaur',
    '--out',
    out,
  ]);
  const exit = once(child, 'exit');
  while (!existsSync(out) || readdirSync(out).length === 0) await new Promise((resolve) => setTimeout(resolve, 5));
  child.kill('SIGKILL');
  await exit;
  assert.ok(!existsSync(join(out, 'manifest.json')));
  assert.ok(!existsSync(join(out, 'rows.parquet')));
  run('build', '--trades', parquet, '--config', config, '--out', out);
  assert.deepEqual(readdirSync(out).sort(), ['bars', 'manifest.json', 'problems.jsonl', 'rows.parquet', 'state.bin']);
});

test('an output that cannot be written is told', () => {
  mkdirSync(at('occupied'));
  writeFileSync(at('occupied/file'), '');
  const { status, stderr } = minotaur('build', '--trades', parquet, '--config', config, '--out', at('occupied/file'));
  assert.equal(status, 2);
  assert.match(stderr, /occupied\/file/);
});

test('bad arguments and unknown names exit 2 with the nearest known one', () => {
  const cases: readonly (readonly [readonly string[], RegExp])[] = [
    [['biuld'], /Did you mean build/],
    [['build', '--trades', parquet], /--out/],
    [['simulate', '--trades', '-5', '--out', 'x.parquet'], /whole number/],
    [['features', 'rsii'], /did you mean 'rsi'/],
    [['verify', '--trades', parquet, '--checks', 'parityy'], /did you mean 'parity'/],
    [['build', '--trades', parquet, '--config', 'minotaurr', '--out', at('x')], /did you mean 'minotaur'/],
    [['build', '--out', at('x')], /trades or bars/],
  ];
  for (const [args, message] of cases) {
    const { status, stderr } = minotaur(...args);
    assert.equal(status, 2, args.join(' '));
    assert.match(stderr, message);
  }
});

test('--help exits 0 and shows an example', () => {
  for (const command of ['demo', 'simulate', 'build', 'replay', 'verify', 'features']) {
    const { status, stdout } = minotaur(command, '--help');
    assert.equal(status, 0);
    assert.match(stdout, /Examples?:\n {2}\$ npx minotaur/);
  }
});

test('a state of another schema is refused, naming the first difference', () => {
  run('build', '--trades', parquet, '--config', config, '--out', at('out-state'));
  const other = at('other.yaml');
  writeFileSync(
    other,
    'clocks: { short: { bars: dollar, threshold: 100000 } }\nfeatures: { short: [close, "sma(close, 11)"] }\n',
  );
  const { status, stderr } = minotaur(
    'replay',
    '--trades',
    parquet,
    '--config',
    other,
    '--out',
    at('o'),
    '--from',
    at('out-state/state.bin'),
  );
  assert.equal(status, 2);
  assert.match(stderr, /sma_11_short[\s\S]*sma_10_short/);
});

test('verify says what it compared, exits 1 when a check fails, and never passes on nothing', () => {
  const good = minotaur(
    'verify',
    '--trades',
    parquet,
    '--config',
    config,
    '--limit',
    '20000',
    '--checks',
    'parity,lookahead',
    '--json',
  );
  assert.equal(good.status, 0, good.stderr);
  const verdict = JSON.parse(good.stdout) as { holds: boolean; checks: { name: string; compared: { rows: number } }[] };
  assert.ok(verdict.holds);
  assert.deepEqual(
    verdict.checks.map((check) => check.name),
    ['parity', 'lookahead'],
  );
  assert.ok(verdict.checks[0].compared.rows > 50);
});

test('verify finds a leak in an operator of the user: stage, trade, row, feature, both values', () => {
  const leaky = at('leaky.config.mjs');
  writeFileSync(
    leaky,
    `export default {
  clocks: { short: { bars: 'dollar', threshold: 20000 } },
  features: { short: ['close', 'peek(close)'] },
  operators: [{ name: 'peek', family: 'own', version: 1, summary: 's', formula: 'f', source: 's', inputs: ['x'], outputs: ['value'], params: [],
    lookback: () => 0, memory: () => ({ class: 'finite', rows: 1 }), nan: 'window', history: () => 0, slots: () => 0,
    run: ({ in: [x], out: [out] }, from, to) => { for (let i = from; i < to; i++) out[i] = i + 1 < to ? x[i + 1] : x[i]; } }],
};`,
  );
  const { status, stdout } = minotaur('verify', '--trades', parquet, '--config', leaky, '--limit', '20000');
  assert.equal(status, 1);
  for (const check of ['parity', 'blocks', 'lookahead']) assert.match(stdout, new RegExp(`FAILS {2}${check}`));
  assert.match(stdout, /first divergence: stage features, clock short, bar 0, trade \d+, 20\d\d-/);
  assert.match(stdout, /peek\(close\): expected [\d.]+ \(0x[0-9a-f]{16}\), found [\d.]+ \(0x[0-9a-f]{16}\)/);
});
