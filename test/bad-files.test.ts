/** Files that are not what they should be: one clear error each, nothing left behind. */
import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { gzipSync } from 'node:zlib';
import { MinotaurError, type ConfigInput } from 'minotaur';
import { build } from 'minotaur/runs';
import { temporaryFolder } from './cli.ts';

const folder = temporaryFolder();
const at = (name: string): string => join(folder, name);
const config = { clocks: { s: { bars: 'tick', threshold: 5 } }, features: { s: ['close'] } } satisfies ConfigInput;

const header = 'id,price,qty,quote_qty,time,is_buyer_maker,is_best_match';
const rows = Array.from({ length: 60 }, (_, i) => [
  String(i + 1),
  '100.5',
  '0.1',
  '10.05',
  String(1_700_000_000_000 + i),
  'True',
  'True',
]);
const table = (map: (cells: string[], i: number) => string = (cells) => cells.join(',')): string =>
  `${[header, ...rows.map((cells, i) => map([...cells], i))].join('\n')}\n`;
const cell =
  (k: number, of: (text: string) => string) =>
  (cells: string[]): string => {
    cells[k] = of(cells[k]);
    return cells.join(',');
  };
const time = (format: (date: Date) => string) => cell(4, (text) => format(new Date(Number(text))));

const sound: readonly (readonly [string, string])[] = [
  ['a mark at the beginning', `\ufeff${table()}`],
  ['lines that end as on Windows', table().replaceAll('\n', '\r\n')],
  ['semicolons', table().replaceAll(',', ';')],
  ['tabs', table().replaceAll(',', '\t')],
  ['single spaces', table().replaceAll(',', ' ')],
  ['quotes', table((cells) => cells.map((text) => `"${text}"`).join(','))],
  ['exponents', table(cell(1, () => '1.005e2'))],
  ['days that come first, with points', table(time((date) => `14.11.2023 ${date.toISOString().slice(11, 23)}`))],
];
for (const [what, text] of sound) {
  test(`read all the same: ${what}`, async () => {
    writeFileSync(at('sound.csv'), text);
    const { counts, used } = await build({ config, trades: [at('sound.csv')], out: at('sound') });
    assert.deepEqual([counts.trades, used], [60, 1]);
  });
}

const cut = gzipSync(Array.from({ length: 5000 }, (_, i) => `${i},${Math.sin(i)}`).join('\n'));
const damaged = gzipSync(table());
damaged[damaged.length - 6] ^= 1;
const bad: readonly (readonly [string, string | Buffer, RegExp])[] = [
  ['trailing.csv', table((cells) => `${cells.join(',')},`), /line 2: expected 7 fields, as in the first row, found 8/],
  ['blank.csv', '\n\n', /blank lines only/],
  ['utf16.csv', Buffer.from(`\ufeff${table()}`, 'utf16le'), /expected text in UTF-8, or Parquet, found UTF-16/],
  ['zeros.csv', Buffer.alloc(5000), /found bytes that are no text/],
  ['image.csv', Buffer.from('89504e470d0a1a0a0000000d49484452', 'hex'), /found a picture/],
  ['line.csv', 'x'.repeat(2_000_000), /line 1: expected lines shorter than 1 MiB/],
  ['wide.csv', Buffer.from(table(), 'utf16le'), /expected text in UTF-8, or Parquet, found UTF-16/],
  ['turned.csv', Buffer.from(table(), 'utf16le').swap16(), /found UTF-16/],
  ['xz.csv', Buffer.from('fd377a585a000004', 'hex'), /found an xz archive, to be unpacked first/],
  ['array.csv', Buffer.from('934e554d505901007600', 'hex'), /found a NumPy array/],
  ['archive.csv', Buffer.concat([Buffer.from(table().slice(0, 257)), Buffer.from('ustar')]), /found a tar archive/],
  ['twice.csv.gz', gzipSync(gzipSync(table())), /found gzip within what was unpacked/],
  ['nothing.csv.gz', gzipSync(''), /found nothing/],
  ['return.csv', table().replaceAll('\n', '\r'), /expected lines that end with a line feed.*carriage returns alone/],
  [
    'sep.csv',
    `sep=;\n${table().replaceAll(',', ';')}`,
    /sep\.csv line 1: expected the header.*"sep=;", which is for spread/,
  ],
  ['remark.csv', `# a, b\n# c\n${table()}`, /remark\.csv line 1: expected the header.*a comment, "# a, b"/],
  ['title.csv', `\nTrades\n\n${table()}`, /title\.csv line 2: expected the header.*one field where the next row has 7/],
  ['blanks.csv', table().replaceAll(',', '  '), /expected fields that commas.*spaces between them/],
  [
    'days.csv',
    table(time((date) => date.toISOString().slice(0, 19).replace('T', ' '))).replaceAll(',', ' '),
    /days\.csv line 1/,
  ],
  ['numpy.csv', `# ${table().replaceAll(',', ' ')}`, /numpy\.csv/],
  ['answer.csv', '<?xml version="1.0"?>\n<Error><Code>NoSuchKey</Code></Error>', /found XML, such as servers send/],
  ['long.csv', `${header}\n${'1'.repeat(3_000_000)}`, /line 2: expected lines shorter than 1 MiB/],
  ['names.csv', Array.from({ length: 5000 }, (_, i) => `c${i}`).join(','), /c22, c23 and 4,072 more/],
  [
    'bars.csv',
    'Date,Open,High,Low,Close\n2024-01-01,1,2,1,2\n',
    /expected trades, found bars \(open, high, low, close\)/,
  ],
  [
    'ccxt.json',
    '[{"timestamp":1700000000000,"price":1,"amount":1}]',
    /one message a line; other trades as CSV or Parquet/,
  ],
  ['hex.csv', table(cell(1, () => '0x64')), /found none: 60 invalid; the first at .*hex\.csv line 2/],
  ['negative.csv', table(cell(1, (text) => `-${text}`)), /found none: 60 invalid.*price -100\.5/],
  ['word.csv', table(cell(1, (text) => `${text} USDT`)), /found none: 60 invalid/],
  ['dollar.csv', table(cell(1, (text) => `$${text}`)), /the price: expected a plain number/],
  ['euro.csv', table(cell(1, (text) => `${text} €`)), /the price: expected a plain number/],
  ['local.csv', table(time((date) => `14/11/2023 22:13:${date.getUTCSeconds()}`)), /local\.csv/],
  ['months.csv', table(time((date) => `11/14/2023 22:13:${date.getUTCSeconds()}`)), /months\.csv/],
  ['clock.csv', table(time(() => '22:13:20')), /clock\.csv/],
  ['year.csv', table(cell(4, () => '1234')), /year\.csv/],
  ['far.csv', table(cell(4, (text) => String(Number(text) + 1e14))), /far\.csv/],
  [
    'backwards.csv',
    `${[header, ...rows.toReversed().map((cells) => cells.join(','))].join('\n')}\n`,
    /line 3 \(disorder\)/,
  ],
  ['half.csv', table().slice(0, -30), /line 61: expected 7 fields/],
  ['page.csv', '<html><body>404 Not Found</body></html>', /page\.csv line 1: expected a table.*found an HTML page/],
  [
    'pipes.csv',
    table().replaceAll(',', '|'),
    /pipes\.csv line 1: expected fields that commas, semicolons or tabs separate, found "\|"/,
  ],
  [
    'comment.csv',
    `# from the archive\n${table()}`,
    /comment\.csv line 1: expected the header.*found a comment, "# from the archive"/,
  ],
  ['cut.csv.gz', cut.subarray(0, cut.length >> 1), /expected a complete gzip stream/],
  ['damaged.csv.gz', damaged, /expected a complete gzip stream, found it is damaged: its checksum is another$/],
  ['behind.csv.gz', Buffer.concat([gzipSync(table()), Buffer.from('# end')]), /found something else behind its end/],
  ['text.parquet', table(), /expected a Parquet file, which begins with PAR1/],
  [
    'footer.parquet',
    Buffer.concat([Buffer.from('PAR1'), Buffer.alloc(100), Buffer.from('PAR1')]),
    /expected a complete Parquet file, found Footer/,
  ],
  ['cut.zip', Buffer.concat([Buffer.from('504b0304', 'hex'), Buffer.alloc(60)]), /expected a complete zip archive/],
  ['object.json', '{"trades": []}', /expected recorded trades of one of/],
  ['pretty.json', '[\n  {\n', /expected a line of `<receive time in ns> <JSON message>`/],
];
for (const [name, content, message] of bad) {
  test(`told in one error, nothing left: ${name}`, async () => {
    writeFileSync(at(name), content);
    await refused(at(name), message);
  });
}

test('paths that lead to no file', async () => {
  mkdirSync(at('folder.csv'));
  symlinkSync('loop-b', at('loop-a'));
  symlinkSync('loop-a', at('loop-b'));
  await refused(at('folder.csv'), /expected a file or a glob, found a directory/);
  await refused(at('loop-a'), /found a link that leads to itself/);
  await refused(at('nowhere.csv'), /found no such file/);
  await refused(at('x'.repeat(300)), /expected a file that exists, found a name that is too long/);
  await refused(at('loop-*'), /loop-a: expected a file that exists, found a link that leads to itself/);
  writeFileSync(at('good.csv'), table());
  const asFile = build({ config, trades: [at('good.csv')], out: at('good.csv') });
  await assert.rejects(asFile, /good\.csv: expected a directory, or a name that is free, found a file/);
});

const makesPipes = spawnSync('mkfifo', [at('pipe.csv')]).status === 0;
test('a pipe, which is over once it was read', makesPipes ? {} : { skip: 'no mkfifo' }, async () => {
  await refused(at('pipe.csv'), /expected a file or a glob, found a pipe, a device or the like/);
});

async function refused(file: string, message: RegExp): Promise<void> {
  const out = at('refused');
  await assert.rejects(build({ config, trades: [file], out }), (error: unknown) => {
    assert.ok(error instanceof MinotaurError, String(error));
    assert.notEqual(error.kind, 'internal');
    assert.match(error.message, message);
    return true;
  });
  assert.ok(!existsSync(out));
}
