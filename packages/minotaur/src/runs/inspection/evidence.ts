/** What files were found to be, and why. */
import { listed } from '../../files/csv/listed.ts';
import type { FileLayout } from '../../files/trades/trade-source.ts';

/** A file, or several that are alike. */
export interface InspectedFiles {
  /** The first of them. */
  readonly path: string;
  /** How many. */
  readonly files: number;
  /** `binance trades`, `generic`, `bars`, ... */
  readonly layout: string;
  /** Why it is taken for that. */
  readonly because: string;
  /** What its times are written in. */
  readonly timeUnit: string;
  /** What it is packed in. */
  readonly container: string;
}

/** Files that follow each other and are alike stand together. */
export function inspectedFiles(layouts: readonly FileLayout[]): InspectedFiles[] {
  const groups: { -readonly [K in keyof InspectedFiles]: InspectedFiles[K] }[] = [];
  for (const layout of layouts) {
    const { file: path, layout: name, timeUnit, container } = layout;
    const one = { path, files: 1, layout: name, because: reasonOf(layout), timeUnit, container };
    const last = groups.at(-1);
    if (
      last !== undefined &&
      (['layout', 'because', 'timeUnit', 'container'] as const).every((key) => last[key] === one[key])
    )
      last.files++;
    else groups.push(one);
  }
  return groups;
}

function reasonOf({ layout, header, container, columns, unread = [], venue, sideMeans }: FileLayout): string {
  if (columns === undefined) return `its lines are messages${venue === undefined ? '' : `, of ${venue}`}`;
  const by =
    layout === 'mapped by the configuration'
      ? 'as `input.columns` says'
      : container === 'parquet'
        ? 'by the names of its columns'
        : header
          ? 'by its header'
          : 'no header: by the shape of its first row';
  const fields = Object.entries(columns).map(([field, column]) => (field === column ? field : `${field} ${column}`));
  const whose = sideMeans === undefined ? '' : `; side: ${SIDES[sideMeans]}`;
  const rest = unread.length === 0 ? '' : `; not read: ${listed(unread)}`;
  return `${by}: ${fields.join(', ')}${whose}${rest}`;
}

const SIDES = { taker: "the taker's", maker: "the maker's", buyerMaker: 'whether the buyer was the maker' } as const;
