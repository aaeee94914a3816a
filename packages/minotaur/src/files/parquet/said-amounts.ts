/** Base and quote amounts that stand beside the quantities of a Parquet file, held against them. */
import { countingOf, requireAmounts, type SaidAmounts } from '../trades/contracts.ts';
import type { VenueProfile } from 'minotaur-core/internal/trades/venues/profile';
import { baseName } from '../csv/csv-meaning.ts';
import type { InputOptions } from '../csv/layout.ts';
import { otherAmounts, requireNoProduct } from '../trades/product-column.ts';
import type { FileLayout } from '../trades/source-block.ts';
import { doubleSql, fromParquet, NAN, parquetColumns, readingParquet, type Duck } from './duck.ts';

/** Rows that are looked at. */
const ROWS = 1000;

/**
 * @param open a DuckDB, for a file that has such amounts
 * @param where the condition, as SQL, of the rows that are taken
 */
export async function requireSaidAmounts(
  open: () => Promise<Duck>,
  { file, layout, columns = {}, unread = [] }: Pick<FileLayout, 'file' | 'layout' | 'columns' | 'unread'>,
  options: InputOptions,
  told: VenueProfile | undefined,
  where = 'true',
): Promise<void> {
  const { inspect, instrument } = options;
  const { price, quantity } = columns;
  const quote = inspect ? undefined : columns['quote'];
  const base = baseName(unread);
  const counting = countingOf(instrument, told);
  // What every dump of a venue has is known without a DuckDB, which costs more than to open the file.
  if (layout === 'binance trades' && counting?.contract !== 'inverse' && counting?.size === 1) return;
  const others = otherAmounts({ layout, columns, unread }, options, counting);
  const isCountedBeside = counting !== undefined && (quote !== undefined || base !== undefined);
  if (!isCountedBeside && others.length === 0) return;
  const duck = await open();
  const all = await readingParquet(file, () => parquetColumns(duck, file));
  const sqlOf = (name: string | undefined): string => {
    const column = all.find((one) => one.name === name);
    return column === undefined ? NAN : doubleSql(column);
  };
  const selected = [price, quantity, base, quote, ...others].map(sqlOf).join(', ');
  const sql = `SELECT ${selected} FROM ${fromParquet(file)} WHERE ${where} LIMIT ${ROWS}`;
  const rows = await readingParquet(file, async () => (await duck.connection.run(sql)).getRows());
  const numbers = rows.map((row) => row.map(Number));
  for (const [k, other] of others.entries()) {
    const amounts = numbers.map((row) => ({ price: row[0], quantity: Math.abs(row[1]), other: Math.abs(row[4 + k]) }));
    requireNoProduct(amounts, other, columns, file);
  }
  if (isCountedBeside) {
    const said = numbers.map(([p, q, inBase, inQuote]): SaidAmounts => {
      return { price: p, quantity: Math.abs(q), base: inBase, quote: inQuote };
    });
    requireAmounts(said, counting, { quantity, base, quote }, file);
  }
}
