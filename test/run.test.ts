/** `run`: every step once, and again only where something it depends on has changed. */
import assert from 'node:assert/strict';
import { existsSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { gunzipSync } from 'node:zlib';
import type { ConfigInput } from 'minotaur';
import { build, dryRun, label, run, simulate, type StepName, type WholeRunReport } from 'minotaur/runs';
import { readFigures, writeFigures } from '../packages/minotaur/src/runs/whole/figures-file.ts';
import { minotaur, minotaurAlone, temporaryFolder } from './cli.ts';
import { smallChain } from './several.ts';

const folder = temporaryFolder();
const at = (...names: readonly string[]): string => join(folder, ...names);
const ALL: readonly StepName[] = [
  'build',
  'replay',
  'verify',
  'label',
  'split',
  'fit',
  'train',
  'predict',
  'evaluate',
  'live',
];
const from = (step: StepName): readonly StepName[] => ALL.slice(ALL.indexOf(step));

await simulate({ trades: 12_000, seed: 3, out: at('a.csv.gz') });
const config = { ...smallChain, data: { trades: 'a.csv.gz' } } satisfies ConfigInput;
const write = (name: string, value: ConfigInput): string => {
  writeFileSync(at(name), JSON.stringify(value));
  return at(name);
};
const readText = (name: string): string[] =>
  gunzipSync(readFileSync(at(name)))
    .toString()
    .trimEnd()
    .split('\n');
const retaken = ({ steps }: WholeRunReport): StepName[] =>
  steps.filter(({ unchanged }) => !unchanged).map(({ name }) => name);

test('every step is taken once; a run that was stopped goes on, and a second call takes none', async () => {
  const path = write('c.yaml', config);
  const out = at('whole');
  const stop = new AbortController();
  const stopped = run({
    config: path,
    out,
    verified: 2000,
    signal: stop.signal,
    onStep: (event) => {
      if (event.kind === 'done' && event.step.name === 'label') stop.abort(new Error('stopped'));
    },
  });
  await assert.rejects(stopped, /stopped/);
  const first = await run({ config: path, out, verified: 2000 });
  assert.deepEqual(retaken(first), from('split'));
  assert.equal(first.holds, true);
  const compared = first.steps.filter(({ holds }) => holds === true).map(({ name }) => name);
  assert.deepEqual(compared, ['replay', 'verify', 'live']);
  assert.equal(first.steps[1].digest, first.build.digest);
  assert.ok(first.evaluation !== undefined && first.verdict !== undefined);
  const rows = statSync(join(out, 'build', 'rows.parquet')).mtimeMs;
  const second = await run({ config: path, out, verified: 2000 });
  assert.deepEqual(retaken(second), []);
  assert.equal(statSync(join(out, 'build', 'rows.parquet')).mtimeMs, rows);
  assert.deepEqual(second.verdict, first.verdict);
});

test('the command says every step, and leaves a page that links the others', () => {
  const { status, stdout, stderr } = minotaur('run', at('c.yaml'), '--out', at('whole'), '--verified', '2000');
  assert.equal(status, 0, stderr);
  assert.equal(stdout.match(/ unchanged /g)?.length, ALL.length);
  assert.match(stdout, /What was compared holds\./);
  const page = readFileSync(at('whole', 'index.html'), 'utf8');
  for (const name of ['verdict.html', 'model.html', 'build/manifest.json']) {
    assert.ok(page.includes(`href="${name}"`) && existsSync(at('whole', name)), name);
  }
});

test('that everything holds says nothing of the files: what was read in them that is odd is said before it, each time', () => {
  const lines = readText('a.csv.gz');
  const odd = lines.map((line, i) => (i === 500 ? line.replace(/^([^,]*,)[^,]*/, '$1-1') : line));
  // Half the price from here on, ids that are missing, and a last number that may be cut.
  const jumped = odd.map((line, i) =>
    i > 9000
      ? line.replace(/^([^,]*,)([\d.]+),([^,]*),([\d.]+)/, (_, id, p, q, paid) => `${id}${p / 2},${q},${paid / 2}`)
      : line,
  );
  writeFileSync(at('odd.csv'), jumped.filter((_, i) => i < 700 || i > 720).join('\n'));
  const path = write('odd.yaml', { ...config, data: { trades: 'odd.csv' } });
  for (const again of [false, true]) {
    const { status, stdout, stderr } = minotaur('run', path, '--out', at('odd'), '--until', 'replay');
    assert.equal(status, 0, stderr);
    assert.equal(stdout.includes(' unchanged '), again);
    const end = stdout.slice(stdout.indexOf('replay'));
    assert.match(end, /\nproblems {2}1 invalid, 2 gap; 1 dropped \(build\/problems\.jsonl\)\n/);
    assert.match(end, /\nnote {6}.*odd\.csv ends without a line break: was it cut/);
    assert.match(end, /\nnote {6}.*the price steps up by half or down by a third once/);
    assert.match(end, /\nholes {5}2, 22 ids missing; [\d,]+ ready rows are not complete\n\nWhat was compared holds\./);
  }
  assert.match(readFileSync(at('odd', 'index.html'), 'utf8'), /What was read[\s\S]*ends without a line break/);
});

test('what changes is taken again, and what depends on it; a file that is gone or touched, too', async () => {
  const out = at('whole');
  const again = async (change: Partial<ConfigInput>, until?: string): Promise<StepName[]> =>
    retaken(await run({ config: write('c.yaml', { ...config, ...change }), out, verified: 2000, until }));
  const model: ConfigInput['model'] = { kind: 'trees', rounds: 5, calibration: 'none' };
  assert.deepEqual(await again({ model }), from('train'));
  const settled = { model, transform: { scale: 'standard' } } as const;
  assert.deepEqual(await again(settled), from('fit'));
  const labels = { method: 'fixed', target: 0.00015, stop: 0.00015, limit: '20s' } as const;
  assert.deepEqual(await again({ ...settled, label: labels }), from('label'));
  rmSync(join(out, 'predictions.parquet'));
  assert.deepEqual(await again({ ...settled, label: labels }), ['predict']);
  writeFileSync(join(out, 'split.parquet'), 'not a split');
  assert.deepEqual(await again({ ...settled, label: labels }), ['split']);
  assert.deepEqual(await again({ ...settled, label: labels, ready: { tolerance: 0.5 } }, 'replay'), [
    'build',
    'replay',
  ]);
});

test('other trades under the same name are other trades', async () => {
  await simulate({ trades: 6000, seed: 4, out: at('moving.csv.gz') });
  const path = write('e.yaml', { ...config, data: { trades: ['moving.csv.gz'] } });
  const options = { config: path, out: at('moved'), until: 'replay' };
  assert.deepEqual(retaken(await run(options)), ['build', 'replay']);
  await simulate({ trades: 6000, seed: 5, out: at('moving.csv.gz') });
  assert.deepEqual(retaken(await run(options)), ['build', 'replay']);
  assert.deepEqual(retaken(await run(options)), []);
});

test('the code of a configuration counts, what it imports included', () => {
  const helper = (by: number): void => writeFileSync(at('helper.mjs'), `export const length = ${by};\n`);
  helper(5);
  const body = JSON.stringify({ ...config, features: { short: ['close'] } });
  writeFileSync(
    at('own.mjs'),
    `import { length } from './helper.mjs';\nexport default { ...${body}, features: { short: ['close', \`sma(close, \${length})\`] } };\n`,
  );
  const go = (): { steps: { name: string; unchanged: boolean }[] } => {
    const { status, stdout, stderr } = minotaurAlone(
      'run',
      at('own.mjs'),
      '--out',
      at('own'),
      '--until',
      'replay',
      '--json',
    );
    assert.equal(status, 0, stderr);
    return JSON.parse(stdout) as ReturnType<typeof go>;
  };
  const done = (): string[] =>
    go()
      .steps.filter(({ unchanged }) => unchanged)
      .map(({ name }) => name);
  assert.deepEqual(done(), []);
  assert.deepEqual(done(), ['build', 'replay']);
  writeFileSync(at('helper.mjs'), 'export const length = 5; // the same value by other code\n');
  assert.deepEqual(done(), []);
});

test('the files of a configuration lie beside it, and those that are handed over win', async () => {
  const path = write('g.yaml', config);
  const built = await build({ config: path, out: at('beside') });
  assert.equal(built.inputs.length, 1);
  await simulate({ trades: 5000, seed: 9, out: at('other.csv.gz') });
  const other = await build({ config: path, trades: [at('other.csv.gz')], out: at('handed') });
  assert.equal(other.counts.trades, 5000);
});

test('a dry run says what to expect, and leaves nothing', async () => {
  const path = write('h.yaml', config);
  const out = at('dry');
  const { trades, rows, readyRows, steps } = await dryRun({ config: path, out, until: 'label' });
  assert.equal(existsSync(out), false);
  const real = await build({ config: path, out: at('dry-real') });
  assert.ok(Math.abs((trades ?? 0) / real.counts.trades - 1) < 0.05, `${trades} trades`);
  assert.ok(Math.abs((rows ?? 0) / real.counts.rows - 1) < 0.05, `${rows} rows`);
  assert.ok(Math.abs((readyRows ?? 0) - real.counts.readyRows) < 0.1 * real.counts.rows, `${readyRows} ready`);
  assert.deepEqual(
    steps.map(({ name }) => name),
    ALL.slice(0, 4),
  );
});

test('an unknown step, no files and no ready row are said as what they are', () => {
  const path = write('i.yaml', config);
  const misspelt = minotaur('run', path, '--out', at('i'), '--until', 'trian');
  assert.equal(misspelt.status, 2);
  assert.match(misspelt.stderr, /a step \(build, .*did you mean 'train'\?|'trian'.*train/s);
  const { data: _, ...bare } = config;
  const without = minotaur('run', write('j.yaml', bare), '--out', at('j'));
  assert.equal(without.status, 2);
  assert.match(without.stderr, /data: \{ trades: \[FILES\] \}/);
});

test('rows of which none is ready get no label, and it is said what they lack', async () => {
  const features = { ...config.features, short: ['close', 'sma(close, 5000)'] };
  const path = write('k.yaml', { ...config, features });
  await build({ config: path, out: at('k') });
  await assert.rejects(
    label({ config: path, rows: at('k'), out: at('k.parquet') }),
    /short 5000 bars for sma_5000_db\).*more history/,
  );
});

test('a verdict keeps every number, also those that JSON has no word for', () => {
  const found = {
    holds: false,
    answered: true,
    checks: [{ first: { expected: NaN, found: -Infinity, at: [1.5, null] } }],
  };
  writeFigures(at('v.json'), found);
  assert.deepEqual(readFigures(at('v.json')), found);
  assert.doesNotMatch(readFileSync(at('v.json'), 'utf8'), /NaN[^"]/);
});
