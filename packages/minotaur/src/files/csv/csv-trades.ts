/** Trades from text tables. */
import { fail } from 'minotaur-core/internal/base/errors';
import type { VenueProfile } from 'minotaur-core/internal/trades/venues/profile';
import { profileNamed, profileOfSymbol, profileOfTardis } from 'minotaur-core/internal/trades/venues/told';
import { readingOf, type Reading } from '../trades/reading.ts';
import { BLOCK_ROWS, countLeftOut, pagesOf, sourceBlock } from '../trades/source-block.ts';
import type { FileReader, SourceBlock } from '../trades/source-block.ts';
import { failSeveral, type SymbolFilter } from '../trades/symbol-filter.ts';
import { requireMeaning } from './csv-meaning.ts';
import { rowFiller, rowTest } from './csv-rows.ts';
import { createCsvScanner, scanFile } from './csv.ts';
import { headerTest } from './header-again.ts';
import { requireTable } from './no-table.ts';
import { plainRows } from './plain-rows.ts';
import type { Cells, CsvHead } from './csv.ts';
import { BITMEX_OR_BYBIT } from './known-layouts.ts';
import { requireDates } from './local-time.ts';
import { evidenceOf } from './evidence.ts';
import { isHeader, layoutOfNames, layoutOfShape } from './layout.ts';
import type { InputOptions, Layout } from './layout.ts';
import { mayBeSide, withNamedSide } from './named-side.ts';
import { kindThatMayBeSide, requireSides, withSideOfKind } from './side-of-kind.ts';
import { requireNoBarsBelow } from './of-bars.ts';
import { isTape, type TellingColumn } from './telling.ts';
import type { TextFile } from './text-file.ts';
import { sampledAmounts, type AmountColumns } from './sampled-amounts.ts';
import { rowTexts } from './told-texts.ts';
import { requireDigits, sampleOfTimes, settleUnit } from './time-unit.ts';
import type { TimeUnit } from './time-unit.ts';

export { timeReader } from './csv-rows.ts';

interface CsvTrades {
  readonly text: TextFile;
  readonly layout: Layout;
  readonly reading: Reading;
  readonly unit: TimeUnit;
  /** The names of the columns; undefined where the file has none. */
  readonly header: readonly string[] | undefined;
  /** Line of the header, 0 where there is none. */
  readonly headerLine: number;
  readonly width: number;
  readonly delimiter: number;
  readonly options: InputOptions;
  readonly filter: SymbolFilter;
  /** The column of kinds that is the side, by the first rows. */
  readonly sideOfKind: TellingColumn | undefined;
  /** That every so many rows have to agree with. */
  readonly amounts: AmountColumns | undefined;
}

/** Opens a text table of trades: its layout is settled, its rows are not read yet. */
export function openCsvTrades(text: TextFile, head: CsvHead, options: InputOptions, filter: SymbolFilter): FileReader {
  const { file, container } = text;
  requireNoBarsBelow(head.lines, file);
  requireTable(head, file);
  const header = isHeader(head.first);
  const where = `${file} line ${head.firstLine}`;
  const shaped = header ? layoutOfNames(head.first, options, where) : layoutOfShape(head.first, options, where);
  if (header && head.second === undefined) fail('input', file, 'trades', 'no trades: a header and nothing below it');
  const rows = header ? head.rows : [head.first, ...head.rows];
  const kind = kindThatMayBeSide(shaped, head.first, options);
  const taken = rows.filter((row) => shaped.where.every((asked) => row[asked.at] === asked.text));
  const ofKind = kind ? withSideOfKind(shaped, kind, ownTexts(taken, kind.at, shaped, filter)) : shaped;
  const named = header ? sideByName(ofKind, head.first, { taken, options, filter, file }) : ofKind;
  const isFixed = named.mayBeFixed && rows.every((row) => /^-?\d*$/.test(row[named.fields.price]?.trim() ?? ''));
  const telling = named.telling.filter((column) => column.says !== 'house' || !isTape(column, rows, file));
  const layout = { ...named, isFixed, telling };
  requireOneSymbol(taken, layout, options, file);
  const { time, date } = layout.fields;
  if (date >= 0) requireDates(rows, { date, time }, file);
  const unit = date >= 0 ? 'iso' : csvUnit(head, header, time, options.timeUnit, file);
  const known = { ...layout, ...(layout.name === BITMEX_OR_BYBIT ? bitmexOrBybit(unit) : {}) };
  const row = ownRow(taken.length > 0 ? taken : [rowAsked(rows[0], layout)], known, filter);
  const symbol = row[known.fields.symbol]?.trim();
  const told = toldProfile(row, known, filter);
  let amounts: AmountColumns | undefined;
  if (!options.accept) {
    const own = symbol === undefined ? taken : taken.filter((cells) => cells[known.fields.symbol]?.trim() === symbol);
    const exchange = row[known.fields.exchange];
    const { delimiter, first: names } = head;
    amounts = requireMeaning({ file, rows: own, names, layout: known, told, symbol, exchange, delimiter }, options);
  }
  const reading = readingOf(options.instrument, told);
  const trades: CsvTrades = {
    text,
    layout,
    reading,
    unit,
    header: header ? head.first : undefined,
    headerLine: header ? head.firstLine : 0,
    width: head.first.length,
    delimiter: head.delimiter,
    options,
    filter,
    sideOfKind: ofKind === shaped ? undefined : kind,
    amounts,
  };
  return {
    layout: {
      file,
      layout: known.name,
      header,
      timeUnit: unit,
      container,
      ...evidenceOf(layout, head.first, reading),
      ...(told === undefined ? {} : { venue: told.name }),
      ...(symbol === undefined ? {} : { symbol }),
    },
    blocks: () => csvBlocks(trades),
  };
}

/** With the column as its side that is so by its name and its first texts. */
function sideByName(
  layout: Layout,
  names: readonly string[],
  of: Pick<CsvTrades, 'options' | 'filter'> & { readonly taken: readonly (readonly string[])[]; readonly file: string },
): Layout {
  const columns = mayBeSide(layout, names, of.options);
  const said = columns.map((at) => ({ at, texts: ownTexts(of.taken, at, layout, of.filter) }));
  return withNamedSide(layout, names, said, of.options, of.file);
}

/** Texts of column `at`, of the rows of the instrument. */
function ownTexts(
  taken: readonly (readonly string[])[],
  at: number,
  { fields: { symbol } }: Layout,
  { wanted }: SymbolFilter,
): string[] {
  const isOwn = (row: readonly string[]): boolean => symbol < 0 || wanted.size === 0 || wanted.has(row[symbol] ?? '');
  return taken.filter(isOwn).map((row) => row[at] ?? '');
}

/** BitMEX writes dates, Bybit seconds. */
function bitmexOrBybit(unit: TimeUnit): Pick<Layout, 'name' | 'venues'> {
  return unit === 'iso'
    ? { name: 'bitmex trades', venues: ['bitmex', 'bitmex-linear'] }
    : { name: 'bybit trades', venues: ['bybit-linear', 'bybit-inverse'] };
}

/** A row with what `where` asks for, where none of the first is taken: it says as much of the instrument. */
const rowAsked = (row: readonly string[], { where }: Layout): readonly string[] =>
  row.map((cell, k) => where.find(({ at }) => at === k)?.text ?? cell);

/** Refuses several symbols among the first rows that are taken where none is declared, naming all of them. */
function requireOneSymbol(
  rows: readonly (readonly string[])[],
  { fields }: Layout,
  { instrument, inspect }: InputOptions,
  file: string,
): void {
  if (fields.symbol < 0 || instrument?.symbol !== undefined || inspect) return;
  const symbols = new Set(rows.map((row) => row[fields.symbol]?.trim() ?? ''));
  if (symbols.size > 1) failSeveral([...symbols], file);
}

/** Of `rows`, the first of the instrument, or the first at all. */
function ownRow(rows: readonly (readonly string[])[], { fields }: Layout, { wanted }: SymbolFilter): readonly string[] {
  return rows.find((cells) => wanted.has(cells[fields.symbol] ?? '')) ?? rows[0];
}

/** The profile of the venue that the file names in `row`. */
function toldProfile(
  row: readonly string[],
  { fields, venues }: Layout,
  { wanted }: SymbolFilter,
): VenueProfile | undefined {
  const symbol = row[fields.symbol] ?? [...wanted].at(0);
  if (fields.exchange >= 0) return profileOfTardis(row[fields.exchange], symbol ?? '');
  if (venues.length === 1) return profileNamed(venues[0]);
  return symbol === undefined ? undefined : profileOfSymbol(venues, symbol);
}

/** The unit of time column `at`, from the first value in it that can be read. */
export function csvUnit(
  head: CsvHead,
  header: boolean,
  at: number,
  given: TimeUnit | undefined,
  file: string,
): TimeUnit {
  const rows = header ? head.rows : [head.first, ...head.rows];
  const times = rows.map((row) => row[at] ?? '');
  const where = `${file}, the first time`;
  requireDigits(times, where);
  return settleUnit(sampleOfTimes(times), given, where);
}

async function* csvBlocks(trades: CsvTrades): AsyncGenerator<SourceBlock> {
  const { text, layout, filter, options } = trades;
  const { file } = text;
  const blockRows = options.blockRows ?? BLOCK_ROWS;
  const next = pagesOf(blockRows, { quote: options.inspect === true && layout.fields.quote >= 0 });
  let page = next();
  // All but the last of a block: where it is full the rows that are read one by one say.
  const texts = rowTexts(layout);
  const plain = plainRows(trades, texts);
  const room = (): number =>
    Math.min(blockRows - 1, page.block.length + (amounts?.until(rows + page.block.length) ?? blockRows));
  const takeRows = plain && ((of: Cells, at: number, limit: number): number => plain(of, at, limit, page, room()));
  const scanner = createCsvScanner(file, trades.delimiter, trades.width, takeRows);
  const { cells } = scanner;
  const amounts = trades.amounts && sampledAmounts(cells, trades.amounts);
  /** Of the pages before. */
  let rows = 0;
  const where = (): string => `${file} line ${cells.line}`;
  const fill = rowFiller(cells, { ...trades, where });
  const reasonToLeave = rowTest(cells, filter, where, texts);
  const { header, headerLine } = trades;
  const repeatsHeader = headerTest(cells, { header, headerLine, file, at: layout.fields.time });
  const leftOut = countLeftOut();
  const take = (): SourceBlock => {
    const { numbers } = page;
    if (trades.sideOfKind) requireSides(trades.sideOfKind, page, (row) => `${file} line ${numbers[row]}`);
    return sourceBlock({ ...page, file, unit: 'line', leftOut: leftOut.take() });
  };
  const onRow = (): boolean => {
    if (cells.line === trades.headerLine) return true;
    const reason = repeatsHeader() ? 'header again' : reasonToLeave();
    if (reason === undefined) {
      fill(page);
      amounts?.look(rows + page.block.length, where);
    } else leftOut.add(reason);
    return page.block.length < blockRows;
  };
  for await (const _ of scanFile(text, scanner, onRow)) {
    rows += page.block.length;
    yield take();
    page = next(); // only now: until here the consumer may still hold the other block
  }
  yield take();
}
