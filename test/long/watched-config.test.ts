/** What a configuration's module takes and reads while it loads, seen by `verify` from the command line. */
import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import type { CheckResult } from '../../packages/minotaur/src/verify/harness/check.ts';
import type { Verdict } from '../../packages/minotaur/src/verify/verify.ts';
import { minotaur, minotaurAlone, temporaryFolder } from '../cli.ts';

const folder = temporaryFolder();
const trades = join(folder, 't.parquet');
assert.equal(minotaur('simulate', '--trades', '3000', '--seed', '4', '--out', trades).status, 0);

/** A module with one operator, row by row: what stands before it, and its value. */
function configOf(name: string, before: string, value: string): string {
  const path = join(folder, `${name}.ts`);
  writeFileSync(
    path,
    `${before}
interface IO { readonly in: readonly Float64Array[]; readonly out: readonly Float64Array[] }
const mine = {
  name: 'mine', family: 'own', version: 1, summary: 's', formula: 'f', source: 't', inputs: ['x'], outputs: ['value'], params: [],
  lookback: () => 0, memory: () => ({ class: 'finite', rows: 1 }), nan: 'window', history: () => 0, slots: () => 0,
  run: ({ in: { 0: x }, out: { 0: out } }: IO, from: number, to: number): void => {
    for (let i = from; i < to; i++) out[i] = ${value};
  },
};
export default { clocks: { a: { bars: 'tick', threshold: 5 } }, features: { a: ['close', 'mine(close) as it'] }, operators: [mine] };
`,
  );
  return path;
}

interface Outcome {
  readonly status: number | null;
  readonly purity: CheckResult;
  readonly message: string;
}

function verifyPurity(config: string): Outcome {
  const flags = ['--trades', trades, '--config', config, '--checks', 'purity'];
  const { status, stdout, stderr } = minotaurAlone('verify', ...flags, '--json');
  assert.notEqual(stdout, '', stderr);
  const [purity] = (JSON.parse(stdout) as Verdict).checks;
  return { status, purity, message: purity.first !== null && 'message' in purity.first ? purity.first.message : '' };
}

const captured: readonly (readonly [what: string, name: string, before: string, value: string])[] = [
  ['Math.log', 'logarithm', 'const { log } = Math;', 'log(x[i])'],
  ['Date.now', 'clock', 'const now = Date.now;', 'x[i] + Math.floor(now() / 86_400_000)'],
  [
    'Intl.DateTimeFormat.format',
    'zone',
    "const { format } = new Intl.DateTimeFormat('en', { timeZone: 'Europe/Berlin', hour: 'numeric', hour12: false });",
    'x[i] + Number(format(0))',
  ],
];
for (const [what, name, before, value] of captured) {
  test(`verify names ${what}, taken while the module loaded, when it is called`, () => {
    const { status, message } = verifyPurity(configOf(name, before, value));
    assert.equal(status, 1);
    assert.ok(
      message.startsWith(`expected no question, found ${what}, captured while the module loaded, at `),
      message,
    );
    assert.match(message, new RegExp(`${name}\\.ts:\\d+`));
  });
}

test('a formatter with a named zone, made while the module loaded, is named when it is asked', () => {
  const before =
    "const zone = new Intl.DateTimeFormat('en', { timeZone: 'Europe/Berlin', hour: 'numeric', hour12: false });";
  const { status, message } = verifyPurity(configOf('formatter', before, 'x[i] + Number(zone.format(0))'));
  assert.equal(status, 1);
  assert.match(message, /found Intl\.DateTimeFormat\.format, at .*formatter\.ts/);
});

test('what a module took that it imports is named too', () => {
  writeFileSync(
    join(folder, 'helper.ts'),
    'const { exp } = Math;\nexport const weigh = (x: number): number => exp(-x);\n',
  );
  const { status, message } = verifyPurity(
    configOf('helped', "import { weigh } from './helper.ts';", 'x[i] * weigh(1)'),
  );
  assert.equal(status, 1);
  assert.match(message, /found Math\.exp, captured while the module loaded, at weigh .*helper\.ts/);
});

const table = join(folder, 'rates.csv');
writeFileSync(table, '0.5\n');
const reading = `import { readFileSync } from 'node:fs';
const rate = Number(readFileSync(new URL('./rates.csv', import.meta.url), 'utf8'));`;

test('a file that was read while the module loaded is an input that nobody vouches for, and no failure', () => {
  const config = configOf('reading', reading, 'x[i] * rate');
  const { status, purity } = verifyPurity(config);
  assert.equal(status, 0);
  assert.ok(purity.holds);
  const sha256 = createHash('sha256').update('0.5\n').digest('hex');
  assert.deepEqual(purity.inputs, [{ path: table, sha256, bytes: 4 }]);
  assert.deepEqual(purity.asked, []);

  const { stdout } = minotaur('verify', '--trades', trades, '--config', config, '--checks', 'purity');
  assert.ok(
    stdout.includes(`an input that nobody vouches for, read while loading: ${table}, 4 bytes, sha256 ${sha256}`),
    stdout,
  );
});

test('the network, asked while the module loaded, is named with its address, and no failure', () => {
  const before = "const rate = await fetch('http://127.0.0.1:1/rate').then(() => 2, () => 1);";
  const { status, purity } = verifyPurity(configOf('network', before, 'x[i] * rate'));
  assert.equal(status, 0);
  assert.equal(purity.asked?.length, 1);
  assert.match(purity.asked[0], /^fetch http:\/\/127\.0\.0\.1:1\/rate, at .*network\.ts:1:/);
});

test('a module that asks nothing, our own packages imported, has nothing to be named', () => {
  const { status, purity } = verifyPurity(
    new URL('../../examples/own-operator/minotaur.config.ts', import.meta.url).pathname,
  );
  assert.equal(status, 0);
  assert.deepEqual([purity.watched, purity.inputs, purity.asked], [true, [], []]);
});

test('a configuration that is no module has nothing that loads', () => {
  const { status, purity } = verifyPurity('minotaur');
  assert.equal(status, 0);
  assert.equal(purity.inputs, undefined);
});
