/** `inspect` and `init`: what files are, and a configuration that runs on them. */
import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { readFileSync, readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { gzipSync } from 'node:zlib';
import { loadConfig } from 'minotaur/files';
import { build, init, inspect, type Finding, type InspectReport, type TradesInspection } from 'minotaur/runs';
import { tradeAt, type Trade } from '../packages/core/src/trades/trade.ts';
import { simulate } from '../packages/minotaur/src/files/simulate.ts';
import { dataFile, MAIN, minotaur, needsData, nodeArguments, temporaryFolder } from './cli.ts';
import { SPOT } from './real-files.ts';

const folder = temporaryFolder();
const at = (name: string): string => join(folder, name);
const caseFile = (name: string): string => join(import.meta.dirname, 'cases', name);

function written(name: string, text: string): string {
  writeFileSync(at(name), name.endsWith('.gz') ? gzipSync(text) : text);
  return at(name);
}

async function trades(...files: string[]): Promise<TradesInspection> {
  const report = await inspect({ files });
  assert.ok(report.kind === 'trades');
  return report;
}

const named = ({ findings }: Pick<InspectReport, 'findings'>): string[] => findings.map(({ name }) => name);
const finding = ({ findings }: Pick<InspectReport, 'findings'>, name: string): Finding => {
  const found = findings.find((one) => one.name === name);
  assert.ok(found, `${name} among ${findings.map((one) => one.name).join(', ')}`);
  return found;
};

/** What is to be found in each case: names of findings, or the words of the refusal. */
const CASES: Readonly<Record<string, readonly string[] | RegExp>> = {
  'decimal_comma.csv': /decimal: ','/,
  'few_gaps.csv': ['disorder'],
  'hole_live.csv.gz': ['holes', 'sides'],
  'hole_official.csv.gz': ['sides'],
  'ids_19_digits.csv': ['duplicates'],
  'inverse_contract.csv': [],
  'many_gaps.csv': ['disorder'],
  'negative_prices.csv': ['invalid'],
  'side_words.csv': ['words'],
  'sides_1_2.csv': ['words'],
  'signed_amount.csv': /quantity: signed/,
  'thousands.csv': /decimal: '\.'/,
  'two_symbols_tardis.csv': ['symbols'],
  'uuid_ids.csv': ['duplicates'],
};

const linesOf = (length: number, of: (i: number) => string): string =>
  Array.from({ length }, (_, i) => `${of(i)}\n`).join('');

test('a file that ends within a line is named: trades, bars and series, and none that is whole or packed', async () => {
  const tables = {
    trades: `id,time,price,qty,side\n${linesOf(60, (i) => `${i},${1.7e12 + i * 1000},100.25,0.${i + 10},${i % 2 ? 'buy' : 'sell'}`)}`,
    bars: `time,open,high,low,close,volume\n${linesOf(60, (i) => `${1.7e12 + i * 60_000},1,2,1,2,1${i}`)}`,
    series: `time,rate\n${linesOf(60, (i) => `${1.7e12 + i * 60_000},0.01${i}`)}`,
  };
  for (const [kind, text] of Object.entries(tables)) {
    const cut = written(`cut-${kind}.csv`, text.slice(0, -2));
    const { findings } = await inspect({ files: [cut] });
    const [last] = findings.slice(-1);
    assert.equal(last.name, 'cut', kind);
    assert.match(last.text, new RegExp(`cut-${kind}\\.csv ends without a line break: was it cut`));
    for (const whole of [written(`${kind}.csv`, text), written(`${kind}.csv.gz`, text.slice(0, -2))])
      assert.ok(!named(await inspect({ files: [whole] })).includes('cut'), whole);
  }
});

test('ids that leap to another market are no hole of this one', async () => {
  const row = (i: number): string => `${i < 40 ? i : 5e9 + i},${1.7e12 + i * 1000},100.${i},0.5`;
  const leap = finding(await trades(written('leap.csv', `id,time,price,qty\n${linesOf(80, row)}`)), 'holes');
  assert.match(`${leap.text} ${leap.mend}`, /5,000,000,000 in 1 s.*the trades of each market in files of their own/);
  const hole = (i: number): string => `${i < 40 ? i : 50 + i},${1.7e12 + i * 1000},100.${i},0.5`;
  const own = finding(await trades(written('own.csv', `id,time,price,qty\n${linesOf(80, hole)}`)), 'holes');
  assert.match(own.mend ?? '', /officialGaps: true/);
});

for (const [name, expected] of Object.entries(CASES)) {
  test(`the case ${name}: ${expected instanceof RegExp ? 'refused with what to declare' : expected.join(', ') || 'nothing'}`, async () => {
    if (expected instanceof RegExp) return assert.rejects(inspect({ files: [caseFile(name)] }), expected);
    assert.deepEqual(named(await trades(caseFile(name))), expected);
  });
}

test('every case is among them', () => {
  const files = readdirSync(join(import.meta.dirname, 'cases')).filter((name) => /\.csv(\.gz)?$/.test(name));
  assert.deepEqual(files.sort(), Object.keys(CASES).sort());
});

test('words: a contract that nothing told, ids that are missing, and the share that is there', () => {
  const words = (...args: string[]): string => minotaur('inspect', ...args).stdout.replace(/\n +/g, ' ');
  const rows = Array.from(
    { length: 30_000 },
    (_, i) => `${1_700_000_000_000 + 10 * i},${100 + (i % 7)},1,${5 + i},true`,
  );
  const head = 'time,price,quantity,id,is_buyer_maker';
  const file = written('nearly.csv', [head, ...rows.toSpliced(77, 1)].join('\n'));
  const found = words(file);
  assert.match(found, /contract not told: counted as price x quantity/);
  assert.match(found, /ids +dense, 5 to 30004, of which 99\.99 % are there, 1 missing/);
  assert.match(found, /init tries it on the files and may choose others/);
  const config = written('rising.yaml', 'instruments: { X: { ids: rising, contract: spot } }');
  const rising = words(file, '--config', config);
  assert.match(rising, /X: spot, ids rising/);
  assert.match(rising, /ids +rising, 5 to 30004; 0 duplicates/);
});

test('cases in figures: symbols counted, holes and words placed, contracts counted as such', async () => {
  const two = await trades(caseFile('two_symbols_tardis.csv'));
  assert.deepEqual(two.others, [{ symbol: 'ETHUSD', rows: 5 }]);
  const hole = await trades(caseFile('hole_live.csv.gz'));
  assert.deepEqual([hole.holes.holes, hole.holes.missing], [1, 20]);
  assert.match(finding(hole, 'holes').places[0], /line 724$/);
  assert.match(finding(await trades(caseFile('sides_1_2.csv')), 'words').text, /3 of 6; "2" \(3\)/);
  const inverse = await trades(caseFile('inverse_contract.csv'));
  assert.deepEqual([inverse.span.turnover, inverse.instrument.contract], [30_000, 'inverse']);
  assert.match(finding(await trades(caseFile('negative_prices.csv')), 'invalid').mend ?? '', /prices: \{ min/);
});

test('what a configuration declares is read by it', async () => {
  const signed = await inspect({
    files: [caseFile('signed_amount.csv')],
    config: written('signed.yaml', 'input: { quantity: signed }\n'),
  });
  assert.equal(signed.kind, 'trades');
  const words = { clocks: {}, instruments: { X: { sides: { buy: ['1'], sell: ['2'] } } } };
  assert.deepEqual(named(await inspect({ files: [caseFile('sides_1_2.csv')], config: words })), []);
});

test('bars and series are no trades, and are told as what they are', async () => {
  const kline = (i: number): string =>
    `${1_735_689_600_000_000 + i * 1e6},0.316,0.317,0.315,0.316,27.0,${1_735_689_600_999_999 + i * 1e6},8.532,1,0.0,0.0,0`;
  const klines = await inspect({ files: [written('klines.csv', linesOf(3, kline))] });
  assert.deepEqual([klines.kind, klines.kind === 'bars' && klines.rows, named(klines)], ['bars', 3, ['bars']]);
  const outside =
    'timestamp,open,high,low,close,volume\n2015-09-25T12:38:00.000Z,239.99,239.99,237.43,237.43,1500\n2015-09-25T12:39:00.000Z,237.43,237.41,237.39,237.39,3000\n';
  const bars = await inspect({ files: [written('outside.csv', outside)] });
  assert.deepEqual(named(bars), ['invalid', 'bars']);
  assert.match(finding(bars, 'invalid').places[0], /outside\.csv line 3$/);
  const funding = await inspect({
    files: [written('funding.csv', 'time,rate\n2024-01-01T00:00:00Z,0.0001\n2024-01-01T08:00:00Z,0.0002\n')],
  });
  assert.deepEqual([funding.kind, named(funding)], ['series', ['series']]);
  assert.match(finding(funding, 'series').mend ?? '', /series: \[rate\]/);
  await assert.rejects(
    inspect({ files: [written('vol.csv', 'time,price,vol\n1700000000000,1,1\n')] }),
    /a quantity column/,
  );
});

const market: Trade[] = [...simulate({ trades: 5000, seed: 3 })].flatMap((block) =>
  Array.from({ length: block.length }, (_, i) => tradeAt(block, i)),
);

/** As Binance's dumps have them. */
function dump(
  name: string,
  change: (trade: Trade, i: number) => Partial<Trade & { quote: number }> = () => ({}),
): string {
  const lines = market.map((trade, i) => {
    const { id, price, quantity, quote, time, buyerMaker } = {
      quote: trade.price * trade.quantity,
      ...trade,
      ...change(trade, i),
    };
    return `${id},${price},${quantity},${quote},${time},${buyerMaker},true`;
  });
  return written(name, `id,price,qty,quote_qty,time,is_buyer_maker,is_best_match\n${lines.join('\n')}\n`);
}

test('a market as it is: nothing to decide', async () => {
  const report = await trades(dump('plain.csv.gz'));
  assert.deepEqual(
    report.findings.filter(({ kind }) => kind === 'wrong'),
    [],
  );
  assert.deepEqual([report.quote?.compared, report.quote?.wrong], [5000, 0]);
  assert.equal(report.files[0].layout, 'binance trades');
  assert.match(report.files[0].because, /by its header: .*quantity qty.*buyer was the maker/);
  assert.ok((report.draft?.share ?? 1) < 0.25);
});

test('a reversed side, a split, a hole of ids, a wrong quote column: each is noticed', async () => {
  const reversed = await trades(dump('reversed.csv', ({ buyerMaker }) => ({ buyerMaker: !(buyerMaker ?? false) })));
  assert.equal(reversed.sides.verdict, 'reversed');
  assert.equal(finding(reversed, 'sides').mend, 'input: { sideMeans: taker }');
  const mended = await inspect({ files: [at('reversed.csv')], config: { clocks: {}, input: { sideMeans: 'taker' } } });
  assert.deepEqual(
    mended.findings.filter(({ kind }) => kind === 'wrong'),
    [],
  );

  const split = await trades(
    dump('split.csv', ({ price }, i) => (i < 2500 ? {} : { price: price / 10, quote: price })),
  );
  assert.match(finding(split, 'split').mend ?? '', /adjustments: \[\{ time: '2024-08-05T.*Z', factor: 10 \}\]/);
  assert.match(finding(split, 'split').places[0], /split\.csv line 2502$/);

  const hole = await trades(dump('hole.csv', ({ id }, i) => (i < 1000 ? {} : { id: Number(id) + 33 })));
  assert.deepEqual([hole.holes.holes, hole.holes.missing], [1, 33]);
  assert.match(finding(hole, 'holes').places[0], /hole\.csv line 1002$/);

  const quote = await trades(dump('quote.csv', ({ quantity }) => ({ quote: quantity })));
  assert.equal(quote.quote?.wrong, 5000);
  assert.match(finding(quote, 'quote').text, /5,000 of 5,000/);
});

test('init of 5,000 trades: the build has the rows that it promises, ready within a quarter of the span', async () => {
  const file = dump('five.csv.gz');
  const out = at('five.yaml');
  const report = await init({ files: [file], out });
  assert.ok(report.share < 0.25 && report.readyRows > 100, JSON.stringify(report));
  const { counts } = await build({ config: out, trades: [file], out: at('five') });
  assert.deepEqual([counts.rows, counts.readyRows], [report.rows, report.readyRows]);
  const text = readFileSync(out, 'utf8');
  assert.match(
    text,
    /^# yaml-language-server: \$schema=.*node_modules\/minotaur\/dist\/config\.schema\.json\n# Written by minotaur init/,
  );
  const { label, split } = (await loadConfig(out)).config;
  assert.ok(label.method === 'fixed' && label.target > 0 && label.target === label.stop);
  assert.equal(split.method, 'chronological');
  await init({ files: [file], out: at('again.yaml') });
  assert.equal(readFileSync(at('again.yaml'), 'utf8'), text);
});

test('init where trades are late, or lack sides: what is written runs', async () => {
  const late = dump('late.csv', ({ time, id }, i) => (i % 100 === 50 ? { time: time - 400_000 } : { id }));
  const cases = { late, unsided: dump('unsided.csv', () => ({ buyerMaker: undefined })) };
  const texts: Record<string, string> = {};
  for (const [name, file] of Object.entries(cases)) {
    const unsided =
      name === 'unsided' ? written('unsided.csv', readFileSync(file, 'utf8').replaceAll(',undefined,', ',,')) : file;
    const { readyRows } = await init({ files: [unsided], out: at(`${name}.yaml`) });
    const { counts } = await build({ config: at(`${name}.yaml`), trades: [unsided], out: at(name) });
    assert.deepEqual([counts.readyRows, readyRows > 50], [readyRows, true], name);
    texts[name] = readFileSync(at(`${name}.yaml`), 'utf8');
  }
  assert.match(texts['late'], /reorder:\n {4}within: /);
  assert.match(texts['unsided'], /side: tickRule/);
});

test('the command line: a page, JSON, a file that is not overwritten, a span that is too short', () => {
  const file = dump('command.csv');
  const page = minotaur('inspect', file, '--report', at('page.html'), '--json');
  assert.equal(page.status, 0, page.stderr);
  assert.equal((JSON.parse(page.stdout) as InspectReport).kind, 'trades');
  assert.match(readFileSync(at('page.html'), 'utf8'), /Ready to be used/);
  const out = written('there.yaml', 'mine');
  const refused = minotaur('init', file, '--out', out);
  assert.deepEqual([refused.status, readFileSync(out, 'utf8')], [2, 'mine']);
  assert.match(refused.stderr, /--force/);
  const forced = minotaur('init', file, '--out', out, '--force');
  assert.equal(forced.status, 0, forced.stderr);
  assert.match(forced.stdout, /^tried {5}5,000 trades -> [\d,]+ rows, [\d,]+ ready/m);
  const short = minotaur('init', caseFile('few_gaps.csv'), '--out', at('short.yaml'));
  assert.equal(short.status, 2);
  assert.match(short.stderr, /trades enough for rows to become ready[^]*found {4}21 trades over 0\.019 s/);
});

test('what stands in a file is made harmless on the terminal and in comments', async () => {
  const lines = Array.from(
    { length: 400 },
    (_, i) => `${1_700_000_000_000 + 500 * i},${100 + (i % 7)},1,${i % 9 === 0 ? 'b\u001b[31mad\u0007' : 'buy'}`,
  );
  const file = written('odd.csv', `time,price,qty,side\n${lines.join('\n')}\n`);
  const { stdout, status } = minotaur('inspect', file);
  assert.equal(status, 0);
  assert.match(stdout, /b·\[31mad·/);
  // eslint-disable-next-line no-control-regex -- what would upset a terminal
  assert.doesNotMatch(stdout, /[\u0000-\u0009\u000b-\u001f\u007f]/);
  await assert.rejects(init({ files: [file], out: at('odd.yaml') }), /to be used|not known/);
});

const REAL = [
  SPOT,
  'coinbase/btc_trades.csv.gz',
  'trx/test_positive_binance_trade_stream_spot_trxusdt_04-03-2025.csv.gz',
];

for (const name of REAL) {
  test(`${name}: inspected, and the configuration of init has ready rows`, needsData, async () => {
    const file = dataFile(name);
    const report = await trades(file);
    assert.deepEqual(
      report.findings.filter(({ kind }) => kind === 'wrong'),
      [],
    );
    assert.equal(report.sides.verdict, 'agree');
    const { readyRows, share } = await init({ files: [file], out: at('real.yaml'), force: true });
    const { counts } = await build({ config: at('real.yaml'), trades: [file], out: at('real') });
    assert.deepEqual([counts.readyRows, counts.readyRows > 200, share < 0.25], [readyRows, true, true]);
  });
}

test('a part of the SPY file: no sides, hours without trades of its own', needsData, async () => {
  const { zstdDecompressSync } = await import('node:zlib');
  const whole = zstdDecompressSync(readFileSync(dataFile('spy/SPY_20131007-11_trades.csv.zst'))).toString('latin1');
  const file = written('spy.csv.gz', whole.slice(0, whole.indexOf('\n', 4_000_000) + 1));
  const report = await trades(file);
  assert.equal(report.sides.verdict, 'none');
  const { readyRows } = await init({ files: [file], out: at('spy.yaml') });
  const { counts } = await build({ config: at('spy.yaml'), trades: [file], out: at('spy') });
  assert.deepEqual([counts.readyRows, readyRows > 500], [readyRows, true]);
});

test('the examples of the document are what the commands say', () => {
  const document = readFileSync(join(import.meta.dirname, '../docs/inspect.md'), 'utf8');
  const [found, tried] = [...document.matchAll(/^```text\n([\s\S]*?)^```/gm)].map(([, text]) => text.trimEnd());
  const file = written('hole_live.csv.gz', '');
  writeFileSync(file, readFileSync(caseFile('hole_live.csv.gz')));
  const said = (...args: string[]): string =>
    spawnSync(process.execPath, [...nodeArguments, MAIN, ...args], { cwd: folder, encoding: 'utf8' }).stdout.replace(
      / \([\d.]+ s\)\n$/,
      '',
    );
  assert.equal(said('inspect', 'hole_live.csv.gz'), found);
  assert.equal(said('init', 'hole_live.csv.gz'), tried);
  const yaml = readFileSync(at('minotaur.yaml'), 'utf8');
  for (const [, part] of document.matchAll(/^```yaml\n([\s\S]*?)^```/gm))
    assert.ok(yaml.includes(part.replace(/^# yaml-language-server.*\n/, '')), part);
});
