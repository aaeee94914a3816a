/** What holds of many columns alike: one cause, and not one a column. */
import type { Finding } from '../keys/key-findings.ts';
import type { ComparedColumn } from './report.ts';

/** Columns of one cause that make it the table's, and their share of those that differ. */
const FEWEST = 3;
const SHARE = 0.6;

const INPUTS = new Set(['open', 'high', 'low', 'close', 'volume', 'vwap', 'dollar_volume']);
const isInput = ({ name }: ComparedColumn): boolean => INPUTS.has(name.toLowerCase().replace(/_(db|tb|vb)_.*$/, ''));

/** Causes of the table, of the columns that differ and of how many there are. */
export function tableCauses(differing: readonly ComparedColumn[], columns: number): Finding[] {
  const of = new Map<string, ComparedColumn[]>();
  for (const column of differing) {
    if (column.by === 'none') continue;
    const [{ cause, text }] = column.causes;
    // Rows late are the table's where all are as many; limits and factors are a column's own.
    const key = cause === 'lag' || cause === 'lead' ? text : cause;
    of.set(key, [...(of.get(key) ?? []), column]);
  }
  const found = [...of.values()]
    .filter((list) => list.length >= FEWEST && list.length >= SHARE * differing.length)
    .map((list): Finding => {
      const every = list.length === columns ? 'every column' : `${list.length} of ${columns} columns`;
      const [{ cause, text }] = list[0].causes;
      const isOne = list.every(({ causes }) => causes[0].text === text);
      return { name: cause, text: `${every}: ${isOne ? text : `${cause}, each in its own measure`}`, or: [] };
    });
  return [...found, ...inputCauses(differing)];
}

/** Prices and volumes that differ explain what is computed from them. */
function inputCauses(differing: readonly ComparedColumn[]): Finding[] {
  const inputs = differing.filter(isInput);
  const others = inputs.filter(({ by }) => by === 'none');
  const names = (list: readonly ComparedColumn[]): string => list.map(({ name }) => name).join(', ');
  if (others.length >= 2) {
    const text = `prices and volumes themselves differ (${names(others)}): other bars, or other trades`;
    return [{ name: 'other bar boundaries', text, or: [] }];
  }
  const raw = inputs.filter(({ causes: [{ cause }] }) => cause === 'single rows' || cause === 'disturbed input');
  if (raw.length === 0 || raw.length === differing.length) return [];
  const text = `${names(raw)} differ first at ${raw[0].first.at}: what is computed from them follows`;
  return [{ name: 'input differs', text, or: [] }];
}
