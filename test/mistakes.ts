/** What the mistakes of `mistakes.txt` are made with: a folder with good files, and files that are wrong in one way each. */
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { commandLine } from './in-process.ts';

const HEADER = 'id,price,qty,quote_qty,time,is_buyer_maker';
const trade = (i: number): string => {
  const price = (100 + Math.sin(i / 7)).toFixed(2);
  return `${i + 1},${price},1,${price},${1_700_000_000_000 + 250 * i},${i % 3 === 0}`;
};
const LINES = Array.from({ length: 2000 }, (_, i) => trade(i));
const table = (lines: readonly string[], header = HEADER): string => [header, ...lines, ''].join('\n');

const OK = 'symbol: BTCUSDT\nclocks: { s: { bars: tick, threshold: 10 } }\nfeatures: { s: [close, "sma(close, 3)"] }\n';
const MINUTES = table(
  Array.from({ length: 120 }, (_, i) => `${1_704_067_200 + 60 * i},1,2,0.5,1.5,10`),
  'time,open,high,low,close,volume',
);
const FILES: Readonly<Record<string, string>> = {
  'ok.yaml': OK,
  'module.mjs': 'throw new Error("no luck")',
  'later.mjs': 'export default Promise.reject(new Error("no luck later"))',
  'export.mjs': 'export const config = {}',
  't.csv': table(LINES),
  'empty.csv': '',
  'blank.csv': '\n\n',
  'header.csv': table([]),
  'misnamed.csv': table(LINES, HEADER.replace('price', 'prise')),
  'short-row.csv': table([...LINES.slice(0, 5), 'x,y', ...LINES.slice(5)]),
  'reversed.csv': table(LINES.slice(0, 100).toReversed()),
  'times.csv': table(LINES.map((line) => line.replace(/,170\d{10}/, ',17'))),
  'sides.csv': table(LINES.map((line) => line.replace('true', 'si'))),
  'decimal-comma.csv': table(LINES.map((line) => line.replaceAll('.', ','))),
  'page.csv': '<html><body>404</body></html>',
  'object.json': '{"a": 1}',
  'bad.parquet': 'PAR1xxxx',
  'two.csv': `symbol,${HEADER}\n${LINES.map((line, i) => `${i % 2 ? 'BTCUSDT' : 'ETHUSDT'},${line}`).join('\n')}\n`,
  'indicators.csv': table(
    Array.from({ length: 120 }, (_, i) => `${1_700_000_000 + 60 * i},${(i * i) % 17}`),
    'time,rsi',
  ),
  'minutes.csv': MINUTES,
  'again.csv': MINUTES,
  'backwards.csv': table(
    // Newest first, but for one bar that is there twice.
    Array.from({ length: 120 }, (_, k) => Math.min(k, 118)).map(
      (i) => `${1_704_074_340 - 60 * i},${1_704_074_400 - 60 * i},1,2,0.5,1.5,10`,
    ),
    'open_time,close_time,open,high,low,close,volume',
  ),
  'few.csv': table(LINES.slice(0, 15)),
};

/** Files and what build, label and split make of them, below `folder`. */
export async function prepare(folder: string): Promise<void> {
  for (const [name, text] of Object.entries(FILES)) writeFileSync(join(folder, name), text);
  const label = 'label: { method: horizon, after: 5 }\nsequence: { length: 1 }\n';
  writeFileSync(join(folder, 'learn.yaml'), `${OK}${label}model: { kind: logistic, calibration: none }\n`);
  for (const command of [
    'build --trades t.csv --config learn.yaml --out rows',
    'label --rows rows --config learn.yaml --out labels.parquet',
    'split --rows rows --labels labels.parquet --config learn.yaml --out split.parquet',
    'fit --rows rows --splits split.parquet --config learn.yaml --out artefact.json',
  ]) {
    const { status, stderr } = await commandLine(folder, command.split(' '));
    if (status !== 0) throw new Error(`${command}: ${stderr}`);
  }
}

/** A mistake: what a person types, with the configuration `c.yaml` where one stands above, and what is said. */
export interface Mistake {
  readonly config: string | undefined;
  readonly command: string;
  readonly status: number;
  readonly said: string;
}

/**
 * Blocks of lines: `c.yaml: TEXT` (`\n` in it is a new line), `$ COMMAND`, what is printed on stderr, and `exit N`.
 */
export function readMistakes(text: string): Mistake[] {
  return text
    .split('\n\n')
    .filter((block) => block.includes('$ '))
    .map((block) => {
      const lines = block.split('\n').filter((line) => !line.startsWith('#') && line !== '');
      const config = lines[0].startsWith('c.yaml: ') ? lines.shift()?.slice(8).replaceAll('\\n', '\n') : undefined;
      const [command, ...said] = lines;
      return { config, command: command.slice(2), status: Number(said.pop()?.slice(5)), said: said.join('\n') };
    });
}

/** A command as a shell takes it: blanks between single quotes divide no words. */
export const wordsOf = (command: string): string[] =>
  [...command.matchAll(/(?:'[^']*'|[^\s'])+/g)].map(([word]) => word.replaceAll("'", ''));
