import assert from 'node:assert/strict';
import { test } from 'node:test';
import { array, assert as check, constantFrom, oneof, property, stringMatching, tuple } from 'fast-check';
import type { TradeBlock } from 'minotaur-core/internal/trades/trade';
import { pagesOf, type Page } from '../trades/source-block.ts';
import { createCsvScanner } from './csv.ts';
import { rowFiller, type RowReader } from './csv-rows.ts';
import { plainRows } from './plain-rows.ts';
import { rowTexts, type RowTexts } from './told-texts.ts';

const ROOM = 8;
const WIDTH = 6;
const words = { buy: ['buy'], sell: ['sell'] };

/** A table `id price quantity other time side`. */
function table(unit: RowReader['unit'], delimiter: number) {
  const fields = { id: 0, price: 1, quantity: 2, quote: -1, time: 4, side: 5, date: -1, symbol: -1 };
  const layout = { fields, where: [], telling: [], signed: false, sideMeans: 'taker' };
  const known = { layout, reading: { sides: words, sideMeans: 'taker' }, unit, options: {}, delimiter, width: WIDTH };
  return known as unknown as RowReader & { readonly delimiter: number; readonly width: number };
}

/** Rows of a text by the plain reader alone, as far as it comes, and by the other alone. */
function readBothWays(text: string, unit: RowReader['unit'], delimiter: number) {
  const bytes = new TextEncoder().encode(text);
  const [quick, careful] = [pagesOf(ROOM)(), pagesOf(ROOM)()];
  const reader = table(unit, delimiter);
  const plain = plainRows(reader, rowTexts(reader.layout));
  assert.ok(plain);
  const cells = { bytes, starts: new Int32Array(0), ends: new Int32Array(0), count: 0, line: 0 };
  const end = plain(cells, 0, bytes.lastIndexOf(10), quick, ROOM);
  const scanner = createCsvScanner('x', delimiter, WIDTH);
  const fill = rowFiller(scanner.cells, { ...reader, where: () => 'x' });
  scanner.feed(bytes.slice(0, end), false);
  scanner.scan(() => (fill(careful), true));
  return { end, lines: cells.line, quick, careful };
}

const bits = ({ block, numbers }: Page): unknown[] => {
  const { length, id, ...columns } = block as TradeBlock & Record<string, Float64Array>;
  const doubles = ['time', 'price', 'quantity', 'side'].map((name) => columns[name].slice(0, length));
  const all = [...doubles, numbers.slice(0, length)].map((column) => Array.from(new BigUint64Array(column.buffer)));
  return [length, all, Array.from(id.slice(0, 4 * length))];
};

const digits = stringMatching(/^[0-9]{1,20}$/);
const decimal = stringMatching(/^[0-9]{1,9}(\.[0-9]{0,12})?$/);
const dirt = constantFrom('', '-1', '.', '5.', '.5', ' 1', '1 ', '1e5', '"1"', 'NaN', '1.2.3', '-0', '٣');
const side = oneof({ weight: 20, arbitrary: constantFrom('buy', 'sell', 'BUY') }, constantFrom('', 'hold', '"buy"'));
const number = oneof({ weight: 20, arbitrary: decimal }, digits, dirt);
const integer = oneof({ weight: 20, arbitrary: stringMatching(/^[0-9]{1,16}$/) }, digits, dirt);
const other = oneof({ weight: 20, arbitrary: constantFrom('', 'a b', '1', 'é') }, constantFrom('"', 'a"b'));
const row = tuple(integer, number, number, other, integer, side);
const ending = constantFrom('\n', '\r\n');

test('what the reader of plain rows takes, the other reader takes alike, to the bit', () => {
  let taken = 0;
  const mark = constantFrom(',', ';', '\t');
  const unit = constantFrom<RowReader['unit']>('s', 'ms', 'us', 'ns');
  check(
    property(array(row, { minLength: 1, maxLength: ROOM }), ending, mark, unit, (rows, end, delimiter, of) => {
      const text = rows.map((fields) => fields.join(delimiter) + end).join('');
      const both = readBothWays(text, of, delimiter.charCodeAt(0));
      assert.deepEqual(bits(both.quick), bits(both.careful));
      assert.equal(both.lines, both.quick.block.length);
      taken += both.lines;
    }),
    { numRuns: 5000 },
  );
  assert.ok(taken > 5000, `only ${taken} rows were plain`);
});

test('rows as dumps have them are plain to the last; one that is not stops it where the row begins', () => {
  const sound = '1,59998.91,0.00027,x,1722816000015303,buy\n2,60000.00000000,1.00000000,,1722816000036678,sell\r\n';
  const { end, lines } = readBothWays(sound, 'us', 44);
  assert.deepEqual([end, lines], [sound.length, 2]);
  for (const odd of [
    '3,-1,1,,1,buy\n',
    '3,1,1,,1\n',
    '\n',
    '3,1,1,"a,b",1,buy\n',
    '3,1,1,,1,buy,\n',
    '3,1,1,,1.5,buy\n',
  ]) {
    assert.equal(readBothWays(sound + odd, 'us', 44).end, sound.length, odd);
  }
});

test('it takes no more rows than there is room for', () => {
  const text = '1,1,1,,1,buy\n'.repeat(2 * ROOM);
  assert.equal(readBothWays(text, 'us', 44).lines, ROOM);
});

test('a column that was declared to be two things is left to the other reader', () => {
  const reader = table('ms', 44);
  const { layout } = reader;
  const shared = { ...reader, layout: { ...layout, fields: { ...layout.fields, side: layout.fields.price } } };
  assert.equal(plainRows(shared, rowTexts(shared.layout)), undefined);
});

const encoder = new TextEncoder();
const column = { at: 3, name: 'type', says: 'kind' } as const;
const taken = ['market', ''].map((text) => encoder.encode(text));
const TEXTS: Readonly<Record<string, RowTexts>> = {
  'that say what is traded': { told: [{ column, taken }], symbol: undefined, where: [] },
  'of symbols': { told: [], symbol: { column, taken }, where: [] },
  'of `where`, and of symbols as well': {
    told: [],
    symbol: { column, taken },
    where: [{ column, taken: [], reason: 'where' }],
  },
  'of `where`': { told: [], symbol: undefined, where: [{ column, taken, reason: 'where' }] },
};

for (const [columns, texts] of Object.entries(TEXTS))
  test(`of columns ${columns} it takes texts that were taken before, and stops at any other`, () => {
    const read = (of: string): number => {
      const page = pagesOf(ROOM)();
      const bytes = encoder.encode(`1,1,1,market,1,buy\n2,1,1,,1,buy\n3,1,1,${of},1,sell\r\n4,1,1,market,1,buy\n`);
      const cells = { bytes, starts: new Int32Array(0), ends: new Int32Array(0), count: 0, line: 0 };
      plainRows(table('us', 44), texts)?.(cells, 0, bytes.lastIndexOf(10), page, ROOM);
      assert.equal(page.block.length, cells.line);
      return cells.line;
    };
    assert.equal(read('market'), 4);
    for (const word of ['limit', 'markets', 'marke', '"market"', ' ', 'market\r']) assert.equal(read(word), 2, word);
  });
