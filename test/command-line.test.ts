/** Mistakes at the command line, and what ends it from outside. */
import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { existsSync, readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { simulate } from '../packages/minotaur/src/files/simulate.ts';
import { writeTrades } from '../packages/minotaur/src/files/trades/write-trades.ts';
import { MAIN, minotaur, nodeArguments, temporaryFolder } from './cli.ts';

const folder = temporaryFolder();
const at = (name: string): string => join(folder, name);
const parquet = at('trades.parquet');
await writeTrades(parquet, simulate({ trades: 100_000, seed: 3 }));
const config = at('config.yaml');
writeFileSync(config, 'clocks: { short: { bars: tick, threshold: 100 } }\nfeatures: { short: [close] }\n');
const misspelt = at('misspelt.yaml');
writeFileSync(misspelt, 'clocks: { short: { bars: dollar, treshold: 100 } }\n');
writeFileSync(at('noise.csv'), Buffer.from(Array.from({ length: 900 }, (_, i) => 1 + ((i * 7919) % 255))));

const trades = ['--trades', parquet];
const out = ['--out', at('out')];
const mistakes: readonly (readonly [readonly string[], RegExp])[] = [
  [
    ['build', ...trades, '--config', misspelt, ...out],
    /clocks\.short\n {2}expected a known key\n {2}found {4}'treshold' \(did you mean 'threshold'\?\)/,
  ],
  [['build', ...trades, '--config', folder, ...out], /found {4}a directory/],
  [['build', '--trades', folder, '--config', config, ...out], /found {4}a directory/],
  [['build', ...trades, '--config', config, ...out, '--min-used', '7'], /expected a share from 0 to 1/],
  [['build', ...trades, '--config', config, ...out, '--limit', '-5'], /whole number of at least 1/],
  [['build', ...trades, '--config', config, ...out, '--limit', '0x10'], /whole number of at least 1/],
  [
    ['build', ...trades, '--config', config, ...out, '--from', folder],
    /a state\.bin that can be read\n {2}found {4}a directory/,
  ],
  [['build', '--trades', at('noise.csv'), '--config', config, ...out], /noise\.csv/],
  [['label', '--rows', folder, ...trades, '--config', config, '--out', at('out.csv')], /a name that ends in \.parquet/],
  [['label', '--rows', folder, ...trades, '--config', config, '--out', at('out')], /a directory that build wrote/],
  [
    ['predict', '--rows', folder, '--artefact', folder, '--model', 'x', '--out', at('out')],
    /an artefact that fit wrote\n {2}found {4}a directory/,
  ],
  [
    ['verify', '--trades', `A=${parquet}`, `B=${parquet}`, '--config', config],
    /one instrument at a time\n {2}found {4}A, B/,
  ],
  [['verify', ...trades, '--config', config, '--report', `${parquet}/page.html`], /found {4}a file/],
  [['fit', '--rows', folder, '--fold', '1.5', '--out', at('out')], /whole number of at least 0/],
];
for (const [args, message] of mistakes) {
  test(`exit 2, one clear error: ${args.filter((arg) => !arg.includes(folder)).join(' ')}`, () => {
    const { status, stderr } = minotaur(...args);
    assert.match(stderr, message);
    assert.equal(status, 2);
    assert.doesNotMatch(stderr, /\n\s+at /);
    // eslint-disable-next-line no-control-regex -- what would upset a terminal
    assert.doesNotMatch(stderr, /[\u0000-\u0009\u000b-\u001f\u007f]/);
    assert.ok(!existsSync(at('out')) && !existsSync(at('out.csv')));
  });
}

test('an operator that throws is named with its place, as what it is', () => {
  const own = at('own.config.mjs');
  writeFileSync(
    own,
    `const bad = {
  name: 'bad', family: 'own', version: 1, summary: 's', formula: 'f', source: 's', inputs: ['x'], outputs: ['value'], params: [],
  lookback: () => 0, memory: () => ({ class: 'finite', rows: 0 }), nan: 'window', history: () => 0, slots: () => 0,
  run() { throw new Error('out of its depth'); },
};
export default { clocks: { a: { bars: 'tick', threshold: 5 } }, features: { a: ['bad(close) as b'] }, operators: [bad] };
`,
  );
  const { status, stderr } = minotaur('build', ...trades, '--config', own, ...out);
  assert.equal(status, 2);
  assert.ok(stderr.startsWith(`minotaur: ${own}:4:`), stderr);
  assert.match(stderr, /has thrown, which is not a file of ours\nError: out of its depth/);
});

test('verify of too little: not answered, exit 2', () => {
  const { status, stdout } = minotaur('verify', ...trades, '--config', config, '--limit', '10', '--checks', 'parity');
  assert.equal(status, 2);
  assert.match(stdout, /^not answered {2}parity/m);
});

async function start(args: readonly string[], until: () => boolean, then: (child: ReturnType<typeof spawn>) => void) {
  const child = spawn(process.execPath, [...nodeArguments, MAIN, ...args]);
  let stderr = '';
  child.stderr.on('data', (text) => (stderr += String(text)));
  const ended = new Promise<number | null>((resolve) => child.once('close', resolve));
  while (!until() && child.exitCode === null) await new Promise((resolve) => setTimeout(resolve, 5));
  then(child);
  return { code: await ended, stderr };
}

for (const [signal, code] of [
  ['SIGINT', 130],
  ['SIGTERM', 143],
] as const) {
  test(`${signal} ends a run with ${code}, one line, and nothing left behind`, async () => {
    const target = at(`ended-${signal}`);
    const begun = (): boolean => existsSync(target) && readdirSync(target).length > 0;
    const args = ['replay', ...trades, '--config', 'minotaur', '--out', target];
    const ended = await start(args, begun, (child) => child.kill(signal));
    assert.deepEqual(ended, { code, stderr: `minotaur: ended by ${signal}\n` });
    assert.ok(!existsSync(target));
  });
}

test('a reader of the output that goes away ends a command quietly, and not as done', async () => {
  const args = ['verify', ...trades, '--config', config, '--checks', 'parity,blocks', '--limit', '20000'];
  const ended = await start(
    args,
    () => true,
    (child) => child.stdout?.destroy(),
  );
  assert.deepEqual(ended, { code: 141, stderr: '' });
});
