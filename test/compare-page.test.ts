/** `compare` as a command, and the pages of two tables and of foreign code in a browser: light, dark, on a phone. */
import assert from 'node:assert/strict';
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { after, test } from 'node:test';
import type { ForeignReport } from '../packages/minotaur/src/runs.ts';
import { foreignPage } from '../packages/minotaur/src/pages/foreign-page.ts';
import { openPage, startBrowser, type Screen } from './browser.ts';
import { temporaryFolder } from './cli.ts';
import { commandLine } from './in-process.ts';

const folder = temporaryFolder();
const shots = process.env['MINOTAUR_SCREENSHOTS'] ?? join(folder, 'screenshots');
mkdirSync(shots, { recursive: true });
const browser = await startBrowser();
const skip = browser === undefined ? 'needs Chromium, which is not here' : false;
after(() => browser?.close());

const SCREENS: readonly Screen[] = [{}, { dark: true }, { width: 390 }];

async function look(name: string, words: readonly RegExp[]): Promise<void> {
  for (const screen of SCREENS)
    await openPage(
      browser!,
      { file: join(folder, `${name}.html`), shots },
      async (page) => {
        const text = (await page.textContent('body')) ?? '';
        for (const word of words) assert.match(text, word);
      },
      screen,
    );
}

/** Prices with averages of them, an action in words, and when it was decided. */
function table(name: string, isOther: boolean): void {
  let average = isOther ? 103 : 100;
  const rows = Array.from({ length: 400 }, (_, i) => {
    const price = 100 + Math.sin(i / 9) + Math.sin(i * i) / 4;
    average += (price - average) / 20;
    const action = Math.sin(i) > 0.3 ? 'buy' : 'hold';
    const said = isOther && i === 120 ? 'an order that was cancelled by hand' : action;
    const at = (minutes: number): string => new Date(1.7e12 + minutes * 60e3).toISOString();
    return [at(i), price, isOther ? 100 * price : price, average, said, at(isOther && i > 200 ? i - 1 : i - 5)];
  });
  const head = 'time,close,a_rather_long_name_of_a_volume_weighted_average_price_over_an_hour,ema20,action,decided_at';
  writeFileSync(join(folder, name), [head, ...rows.map((row) => row.join(','))].join('\n'));
}
table('a.csv', false);
table('b.csv', true);

test('compare: words, JSON and exit codes', async () => {
  const differ = await commandLine(folder, ['compare', 'a.csv', 'b.csv', '--report', 'two-tables.html']);
  assert.equal(differ.status, 1, differ.stderr);
  assert.match(differ.stdout, /400 rows that both have; 5 columns, 1 the same, 4 not/);
  assert.match(differ.stdout, /A \+ 240 s; or A 4 rows early/);
  assert.match(differ.stdout, /ema20\n {2}why {5}B began otherwise and the difference fades/);
  assert.match(differ.stdout.replaceAll(/\s+/g, ' '), /'buy' in A is 'an order that was cancelled by hand' in B/);
  const json = await commandLine(folder, ['compare', 'a.csv', 'b.csv', '--columns', 'action', '--json']);
  const { differing } = JSON.parse(json.stdout) as { differing: { first: { a: string; b: string } }[] };
  assert.equal(differing[0].first.b, 'an order that was cancelled by hand');
  assert.equal((await commandLine(folder, ['compare', 'a.csv', 'a.csv'])).status, 0);
  assert.equal((await commandLine(folder, ['compare', 'a.csv', 'none.csv'])).status, 2);
});

test('the page of two tables', { skip }, async () => {
  await look('two-tables', [
    /Not equal/,
    /1 of 5columns the same/,
    /an order that was cancelled by hand/,
    /2023-11-15T01:2\d:20Z in A/,
  ]);
});

/** Of a live program whose columns are called otherwise. */
const report: ForeignReport = {
  name: 'features.py:make',
  ran: [['Python', '/usr/bin/python3, 3.11']],
  input: { file: 'bars.csv', rows: 400, from: 1.7e15, to: 1.8e15, columns: ['time', 'close'], leftOut: [] },
  live: { columns: [], onlyBatch: ['ema20'], onlyLive: ['ema_20'] },
  holds: false,
  answered: true,
  columns: [
    {
      name: 'ema20',
      verdict: 'clean',
      fails: false,
      text: 'nothing found',
      counts: Object.fromEntries(
        ['cut', 'garble', 'hostile', 'early', 'filled', 'bridged'].map((kind) => [kind, { hits: 0, of: 1 }]),
      ) as ForeignReport['columns'][number]['counts'],
      reach: null,
      start: { percent: 40, millionth: 311, billionth: 420, bits: null },
      missing: { rows: 311, isPoisoned: false },
      gap: null,
      window: { bars: 100, of: 8, differ: 8, far: 0, absent: 0 },
      notes: [],
    },
  ],
  recognised: [],
  findings: [{ name: 'power', text: '8 random cuts find a leak that shows at 31 % of cuts or more.', fails: false }],
  runs: 43,
  codeSeconds: 1,
  runSeconds: 0.02,
  seconds: 5,
};

test('the page of foreign code whose live program has no column in common', { skip }, async () => {
  writeFileSync(join(folder, 'foreign.html'), foreignPage(report));
  await look('foreign', [
    /It does not hold/,
    /Live and batch have no column in common/,
    /Only in batch: ema20/,
    /Only live: ema_20/,
  ]);
});
