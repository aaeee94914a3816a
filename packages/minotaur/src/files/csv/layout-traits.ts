/** What a known layout says of its rows beside their columns, and which columns have to say the same in all of them. */
import type { InputOptions, Layout } from './layout-contract.ts';
import { KNOWN, type KnownLayout } from './known-layouts.ts';
import { kindColumns } from './row-kinds.ts';
import { plainName, tellingColumns } from './telling.ts';

/** The known layout with these columns. */
export const knownLayout = (keys: readonly string[]): KnownLayout | undefined =>
  KNOWN.find(({ columns }) => columns.every((key) => keys.includes(key)));

/** With what a known layout says of its rows, whoever says which of its columns are read. */
export function withTraits(
  layout: Layout,
  keys: readonly string[],
  known: KnownLayout | undefined,
  options: InputOptions,
): Layout {
  if (known === undefined) return layout;
  const { sides, tradesOnly, mayBeFixed = false } = known;
  const at = tradesOnly === undefined ? -1 : keys.indexOf(tradesOnly.column);
  const isOpen = at >= 0 && !layout.where.some((condition) => condition.at === at);
  const own = isOpen ? [{ at, text: tradesOnly?.text ?? '', reason: 'no trade' }] : [];
  return {
    ...layout,
    mayBeFixed,
    where: [...layout.where, ...own],
    ...(sides === undefined || layout.sides !== undefined || saysSides(options) ? {} : { sides }),
  };
}

/** With the columns beside the symbol that say what is traded, and what is a trade; of a tardis file the exchange is one. */
export function withTelling(layout: Layout, names: readonly string[], known?: KnownLayout): Layout {
  const { fields, where } = layout;
  const { exchange, ...others } = fields;
  const settled = new Set([...Object.values(fields), ...where.map(({ at }) => at)]);
  // Beside a symbol an instrument's number says nothing more, and may be another each day.
  if (others.symbol >= 0)
    names.forEach((name, at) => known?.ignored?.includes(plainName(name)) === true && settled.add(at));
  const telling = [
    ...tellingColumns(names, settled),
    ...kindColumns(names, settled, fields.side < 0 && !layout.signed),
  ];
  return { ...layout, telling: exchange < 0 ? telling : [...telling, { at: exchange, name: names[exchange] }] };
}

/** Whether the configuration says itself what the words of the side are. */
export const saysSides = ({ sideMeans, instrument }: InputOptions): boolean =>
  (sideMeans ?? instrument?.sideMeans ?? instrument?.sides?.buy) !== undefined;
