/** What `--help` shows: what is required, and examples, each of which runs as it stands. */
import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import {
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { dirname, join } from 'node:path';
import { after, test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { build, buildJob, simulate } from 'minotaur/runs';
import { createProgram } from '../../packages/minotaur/src/cli/program.ts';
import { commandLine } from '../in-process.ts';
import { wordsOf } from '../mistakes.ts';
import { zipOf } from '../zip-of.ts';
import { plainPython } from '../foreign/interpreters.ts';
import { writeBarsFile } from '../foreign/bars.ts';

const root = fileURLToPath(new URL('../../', import.meta.url));
// Below the packages, so that the module of own operators finds them.
mkdirSync(join(root, 'out'), { recursive: true });
const folder = mkdtempSync(join(root, 'out', 'help-'));
after(() => rmSync(folder, { recursive: true, force: true }));

const LEARNING = `label: { method: horizon, after: 1 }
split: { method: chronological }
sequence: { length: 1 }
model: { kind: logistic, calibration: none }
`;
const ONE = `clocks: { s: { bars: dollar, threshold: 60000 } }
features: { s: [close, "log_return(close)", "sma(close, 3)"] }
${LEARNING}`;
const SEVERAL = `instruments: { perp: {}, spot: {} }
clocks: { p: { of: perp, bars: dollar, threshold: 60000 }, s: { of: spot, bars: dollar, threshold: 60000 }, funding: { series: [rate], delay: 1s } }
features: { p: [close], s: [close], funding: [rate] }
`;

type Command = ReturnType<typeof createProgram>;

interface Example {
  readonly command: string;
  /** Without `npx minotaur`. */
  readonly line: string;
}

/** What a command prints for --help. */
function helpOf(command: Command): string {
  let text = '';
  command.configureOutput({ writeOut: (more) => void (text += more) });
  command.outputHelp();
  return text;
}

const commands = createProgram().commands.flatMap((command) => {
  const named = (one: Command, name: string) => ({ command: one, name, help: helpOf(one) });
  if (command.commands.length === 0) return [named(command, command.name())];
  return command.commands.map((one) => named(one, `${command.name()} ${one.name()}`));
});
const examples: Example[] = commands.flatMap(({ name, help }) =>
  [...help.matchAll(/^ {2}\$ npx minotaur (.+)$/gm)].map(([, line]) => ({ command: name, line })),
);

/** What other examples take for granted that no example makes. */
const AFTER: Readonly<Record<string, () => void | Promise<void>>> = {
  plan: async () => {
    for (const index of [0, 1]) await buildJob({ job: join(folder, 'symbols', 'jobs.json'), index });
  },
  // What init wrote has 69 columns.
  init: () => writeFileSync(join(folder, 'one', 'minotaur.yaml'), `${ONE}data: { trades: BTCUSDT-*.csv.gz }\n`),
  // Somebody else's table, the same as that of the run.
  run: () => {
    const out = join(folder, 'one', 'out', 'minotaur');
    const rows = readdirSync(out, { recursive: true, encoding: 'utf8' }).find((name) => name.endsWith('rows.parquet'));
    if (rows !== undefined) cpSync(join(out, rows), join(folder, 'one', 'features.parquet'));
  },
  build: () => {
    for (const month of ['july', 'august'])
      cpSync(join(folder, 'rows'), join(folder, 'one', 'out', month), { recursive: true });
  },
};

/** Commands whose files the others read come first, and what ends by a signal, which ends every command of the process, last. */
const FIRST = [
  'simulate',
  'init',
  'build',
  'plan',
  'label',
  'split',
  'fit',
  'train',
  'predict',
  'replay',
  'run',
  'importance',
];
const serves = (line: string): boolean =>
  (line.startsWith('view ') && !line.includes('--out')) || line.startsWith('live ');
const rank = ({ command, line }: Example): number =>
  serves(line) ? 1000 : FIRST.includes(command) ? FIRST.indexOf(command) : FIRST.length;

/** Where an example runs: the files that it names are of one instrument, or of several symbols. */
const placeOf = (line: string): string => (/ETHUSDT|--labels labels |jobs\.json/.test(`${line} `) ? 'symbols' : 'one');

async function prepare(): Promise<void> {
  const file = join(folder, 'simulated.csv.gz');
  await simulate({ trades: 30_000, seed: 3, out: file });
  await build({
    config: { clocks: { s: { bars: 'dollar', threshold: 60_000 } }, features: { s: ['close'] } },
    trades: [file],
    out: join(folder, 'rows'),
  });
  const put = (...path: readonly string[]): void => {
    mkdirSync(dirname(join(folder, ...path)), { recursive: true });
    cpSync(file, join(folder, ...path));
  };
  put('one', 'BTCUSDT-2024.csv.gz');
  for (const name of ['perp', 'spot']) put('one', name, 'trades.csv.gz');
  for (const name of ['btc', 'eth']) put('symbols', name, 'trades-2024-08.csv.gz');
  writeFileSync(join(folder, 'one', 'chain.yaml'), SEVERAL);
  writeFileSync(join(folder, 'one', 'funding.csv'), 'time,rate\n2024-01-01T00:00:00Z,0.0001\n');
  cpSync(join(root, 'examples', 'own-operator'), join(folder, 'one'), { recursive: true });
  writeFileSync(join(folder, 'symbols', 'minotaur.yaml'), ONE);
  const bars = readFileSync(writeBarsFile(join(folder, 'one', 'bars.csv'), 300), 'utf8')
    .trim()
    .split('\n');
  const halves = bars.map((line, i) => [line.split(',')[0], i === 0 ? 'half' : Number(line.split(',')[4]) / 2].join());
  writeFileSync(join(folder, 'one', 'indicators.csv'), `${halves.join('\n')}\n`);
  writeFileSync(join(folder, 'one', 'BTCUSDT-1m-2023-11.zip'), klines());
  for (const [name, column] of [
    ['pandas', 'ema12'],
    ['live', 'ema_12'],
  ]) {
    const rows = Array.from({ length: 20 }, (_, i) => `2024-08-08T00:${10 + i}:00Z,BTCUSDT,${1 + i / 4}`);
    writeFileSync(join(folder, 'one', `${name}.csv`), `time,symbol,${column}\n${rows.join('\n')}\n`);
  }
  writeFileSync(
    join(folder, 'one', 'features.py'),
    'def make(bars):\n  c = bars["close"]\n  return {"target": c[1:] + [None], "half": [x / 2 for x in c]}\n',
  );
}

/** Bars of a minute as Binance publishes them. */
function klines(): Buffer {
  const [, ...bars] = readFileSync(writeBarsFile(join(folder, 'klines.csv'), 2400), 'utf8')
    .trim()
    .split('\n');
  const lines = bars.map((line) => {
    const [time, ...prices] = line.split(',');
    const [opens, volume, close] = [Date.parse(time), Number(prices[4]), Number(prices[3])];
    return [opens, ...prices, opens + 59_999, volume * close, 9, volume / 3, (volume * close) / 3, 0].join();
  });
  return zipOf({ 'BTCUSDT-1m-2023-11.csv': `${lines.join('\n')}\n` });
}

/** Every file below, with when it was written. */
const filesIn = (place: string): string =>
  readdirSync(place, { recursive: true, encoding: 'utf8' })
    .map((name) => `${name} ${statSync(join(place, name)).mtimeMs}`)
    .join('\n');

/** What a venue has of any day, in place of its host. */
const venueFiles: typeof fetch = async (input) => {
  const url = input instanceof Request ? input.url : String(input);
  const day = `1,60000,0.1,6000,1723075200000,true,true\n`;
  const digest = createHash('sha256').update(day).digest('hex');
  const name = url.split('/').at(-1) ?? '';
  return new Response(url.endsWith('.CHECKSUM') ? `${digest}  ${name.replace('.CHECKSUM', '')}\n` : day);
};

async function runExample({ line }: Example): Promise<void> {
  const place = join(folder, placeOf(line));
  const before = filesIn(place);
  const ending = serves(line) ? setTimeout(() => process.emit('SIGINT'), 500) : undefined;
  const network = globalThis.fetch;
  globalThis.fetch = venueFiles;
  const { status, stdout, stderr } = await commandLine(place, wordsOf(line));
  globalThis.fetch = network;
  clearTimeout(ending);
  assert.equal(status, 0, `${line}\n${stdout}${stderr}`);
  assert.ok(stdout.trim() !== '', line);
  const written = [...line.matchAll(/--(?:out|report|journal) (\S+)/g)].map(([, path]) => path);
  for (const path of written) assert.ok(existsSync(join(place, path)), `${line}: no ${path}`);
  if (/--(out|report) /.test(line)) assert.notEqual(filesIn(place), before, line);
}

test('every command shows an example, and what is required of it', () => {
  for (const { command, name, help } of commands) {
    assert.ok(
      examples.some((example) => example.command === name),
      name,
    );
    const words = help.replaceAll(/\s+/g, ' ');
    for (const option of command.options) {
      const shown = command.createHelp().optionDescription(option);
      assert.ok(words.includes(`${option.flags} ${shown} `), `${name}: ${shown}`);
      assert.equal(shown.endsWith('(required)'), option.mandatory, `${name}: ${shown}`);
      if (!option.mandatory || option.long === undefined) continue;
      for (const example of examples.filter((one) => one.command === name))
        assert.ok(example.line.includes(`${option.long} `), `${example.line}: no ${option.long}`);
    }
  }
});

test('every example runs as it stands', async () => {
  await prepare();
  const hasPython = plainPython() !== undefined;
  for (const example of examples.toSorted((a, b) => rank(a) - rank(b))) {
    if (!hasPython && example.line.includes('--foreign')) continue;
    // bus.test.ts and sinks.test.ts run these, where there are brokers and stores.
    if (/(kafka|postgres|redis):\/\//.test(example.line)) continue;
    await runExample(example);
    await AFTER[example.command]?.();
  }
});
