/** No command takes the place of a file that it reads: every output of every command, as every one of its inputs. */
import assert from 'node:assert/strict';
import { globSync, mkdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { before, test } from 'node:test';
import { temporaryFolder } from './cli.ts';
import { commandLine } from './in-process.ts';
import { prepare } from './mistakes.ts';

const folder = temporaryFolder();

const ROWS = [
  'rows/rows.parquet',
  'rows/manifest.json',
  'rows/bars/s.parquet',
  'rows/state.bin',
  'rows/problems.jsonl',
];
/** What is empty may be replaced by a page. */
const FULL = ROWS.filter((name) => !name.endsWith('problems.jsonl'));
const LEARNED = ['labels.parquet', 'split.parquet', 'artefact.json', 'model.onnx'];

/** A command with OUT where its output is named, and the files that it reads. */
interface Line {
  readonly command: string;
  readonly reads: readonly string[];
}

const LINES: readonly Line[] = [
  {
    command: 'label --rows rows --trades t.csv --config learn.yaml --out OUT',
    reads: [...ROWS, 't.csv', 'learn.yaml'],
  },
  {
    command: 'split --rows rows --labels labels.parquet --config learn.yaml --out OUT',
    reads: [...ROWS, 'labels.parquet', 'learn.yaml'],
  },
  {
    command: 'fit --rows rows --splits split.parquet --config learn.yaml --out OUT',
    reads: [...ROWS, 'split.parquet', 'learn.yaml'],
  },
  {
    command:
      'train --rows rows --labels labels.parquet --splits split.parquet --artefact artefact.json --config learn.yaml --out OUT',
    reads: [...ROWS, ...LEARNED.slice(0, 3), 'learn.yaml'],
  },
  {
    command: 'predict --rows rows --artefact artefact.json --model model.onnx --out OUT',
    reads: [...ROWS, 'artefact.json', 'model.onnx'],
  },
  {
    command:
      'calibrate --predictions predictions.parquet --labels labels.parquet --splits split.parquet --artefact artefact.json --config learn.yaml --out OUT',
    reads: ['predictions.parquet', 'labels.parquet', 'split.parquet', 'learn.yaml'],
  },
  {
    command:
      'importance --rows rows --labels labels.parquet --splits split.parquet --artefact artefact.json --model model.onnx --config learn.yaml --out OUT',
    reads: [...ROWS, ...LEARNED, 'learn.yaml'],
  },
  {
    command:
      'evaluate --predictions predictions.parquet --labels labels.parquet --splits split.parquet --artefact artefact.json --model model.onnx --importance importance.json --report OUT',
    reads: [...LEARNED, 'predictions.parquet', 'importance.json'],
  },
  { command: 'verify --trades t.csv --config ok.yaml --checks parity --report OUT', reads: ['t.csv', 'ok.yaml'] },
  { command: 'verify --rows rows --against rows --report OUT', reads: FULL },
  { command: 'inspect t.csv --report OUT', reads: ['t.csv'] },
  { command: 'init t.csv --config reading.yaml --force --out OUT', reads: ['t.csv', 'reading.yaml'] },
  {
    command: 'init --from indicators.csv --bars minutes.csv --force --out OUT',
    reads: ['indicators.csv', 'minutes.csv'],
  },
  { command: 'compare minutes.csv again.csv --report OUT', reads: ['minutes.csv', 'again.csv'] },
  { command: 'view rows --out OUT', reads: FULL },
  {
    command: 'plan --trades X=x-2024-08.csv --config ok.yaml --out planned --jobs OUT',
    reads: ['x-2024-08.csv', 'ok.yaml'],
  },
  {
    command:
      'tune --rows rows --labels labels.parquet --splits split.parquet --config learn.yaml --trials 1 --model logistic --out tuned --storage OUT',
    reads: [...FULL, 'labels.parquet', 'split.parquet', 'learn.yaml'],
  },
  { command: 'token --file OUT reader', reads: ['ok.yaml', 't.csv', 'artefact.json'] },
];

/** The same of directories: what is read lies in the one that is written. */
const DIRECTORIES: readonly Line[] = [
  {
    command: 'export --rows rows --labels labels.parquet --splits split.parquet --config learn.yaml --out rows',
    reads: ROWS,
  },
  { command: 'build --bars rows/bars/s.parquet --config given.yaml --out rows', reads: ROWS },
  { command: 'replay --bars rows/bars/s.parquet --config given.yaml --out rows', reads: ROWS },
  { command: 'build --trades t.csv --config learn.yaml --from rows/state.bin --out rows', reads: ROWS },
  { command: 'build --trades data/rows.parquet --config ok.yaml --out data', reads: ['data/rows.parquet'] },
  {
    command: 'verify --trades again/parity.csv.gz --config ok.yaml --checks parity --repro again',
    reads: ['again/parity.csv.gz'],
  },
  {
    command: 'run given.yaml --bars out/build/bars/s.parquet --out out --until build',
    reads: ['out/build/bars/s.parquet', 'out/build/rows.parquet'],
  },
];

/** Of every file that is there, its content. */
const contents = (): Map<string, Buffer> =>
  new Map(
    globSync('**/*', { cwd: folder })
      .filter((name) => statSync(join(folder, name)).isFile())
      .map((name) => [name, readFileSync(join(folder, name))]),
  );

/** Files that are gone or other than they were; they are put back, so that what follows is asked of the same. */
function restored(was: ReadonlyMap<string, Buffer>): string[] {
  const is = contents();
  return [...was].flatMap(([name, content]) => {
    if (is.get(name)?.equals(content) === true) return [];
    mkdirSync(dirname(join(folder, name)), { recursive: true });
    writeFileSync(join(folder, name), content);
    return [name];
  });
}

before(async () => {
  await prepare(folder);
  writeFileSync(join(folder, 'x-2024-08.csv'), readFileSync(join(folder, 't.csv')));
  writeFileSync(join(folder, 'given.yaml'), 'clocks: { s: { bars: given } }\nfeatures: { s: [close] }\n');
  writeFileSync(join(folder, 'reading.yaml'), 'input: { timeUnit: ms }\n');
  for (const command of [
    'train --rows rows --labels labels.parquet --splits split.parquet --artefact artefact.json --config learn.yaml --out model.onnx',
    'predict --rows rows --artefact artefact.json --model model.onnx --out predictions.parquet',
    'importance --rows rows --labels labels.parquet --splits split.parquet --artefact artefact.json --model model.onnx --config learn.yaml --out importance.json',
    'build --trades t.csv --config ok.yaml --out out/build',
    'simulate --trades 2000 --out data/rows.parquet',
    'simulate --trades 2000 --out again/parity.csv.gz',
  ]) {
    const { status, stderr } = await commandLine(folder, command.split(' '));
    assert.equal(status, 0, `${command}: ${stderr}`);
  }
});

const cases = [
  ...LINES.flatMap(({ command, reads }) => reads.map((out) => [command.replace('OUT', out), [out]] as const)),
  ...DIRECTORIES.map(({ command, reads }) => [command, reads] as const),
];

test(`${cases.length} command lines whose output is one of their inputs: refused, and nothing is lost`, async () => {
  const wrong: string[] = [];
  for (const [command, reads] of cases) {
    const was = contents();
    for (const name of reads) assert.ok(was.has(name), `${name} is there`);
    const { status, stderr } = await commandLine(folder, command.split(' '));
    const lost = restored(was);
    if (lost.length > 0 || status !== 2 || /\n +at |an error of ours/.test(stderr))
      wrong.push(`${command}: exit ${status}, lost ${lost.join(', ') || 'nothing'}; ${stderr}`);
  }
  assert.deepEqual(wrong, []);
});
