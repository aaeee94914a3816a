/** Columns that say what kind of event a row is: quotes, orders and corrections are no trades, and what is traded twice is none either. */
import { fail } from 'minotaur-core/internal/base/errors';
import { plainName, type TellingColumn } from './telling.ts';

const KIND_NAMES = new Set([
  'action',
  'event',
  'eventtype',
  'kind',
  'mdentrytype',
  'messagetype',
  'msgtype',
  'recordtype',
  'rowtype',
  'rtype',
  'ticktype',
  'type',
  'updatetype',
]);

/** Names of the column by which a tape takes trades back: 0 of those that stand. */
const CORRECTION_NAMES = new Set(['correction', 'corr', 'trcorr', 'tradecorrection', 'tradecorrectionindicator']);

/** Kinds of rows that are no trades, alone in a file too. */
const NO_TRADES = new Set(
  'quote quotes bid ask offer bestbid bestask bidask book order orders add modify cancel delete clear depth snapshot'.split(
    ' ',
  ),
);

/** What trades may differ in: sides, kinds of orders, fills, whether the price rose; and nothing said. */
const OF_TRADES = new Set(
  'buy sell b s buyer seller taker maker market limit m l fill fills partialfill fullfill partial full plustick minustick zeroplustick zerominustick'
    .split(' ')
    .concat(''),
);

/** Words of a side as Bitstamp and others have it, of which those of one kind would be half of the trades. */
const NUMBERED = /^-?[012]$/;

/** Nothing taken back: as pandas writes it too, where most rows have none. */
const STANDS = /^(0*|nan|null|none)$/;

/** Those of `names` that say it, but for `settled` ones. */
export function kindColumns(names: readonly string[], settled: ReadonlySet<number>): TellingColumn[] {
  return names.flatMap((name, at): TellingColumn[] => {
    const key = plainName(name);
    return !settled.has(at) && (KIND_NAMES.has(key) || CORRECTION_NAMES.has(key)) ? [{ at, name, says: 'kind' }] : [];
  });
}

/** Refuses a row of another kind than those before it, and one that is no trade. */
export type RequireKind = (column: string, text: string, where: () => string) => void;

/** For all files of one source. */
export function kindTest(): RequireKind {
  const told = new Map<string, string>();
  return (column, text, where) => {
    const [name, kind] = [plainName(column), plainName(text)];
    const before = told.get(column) ?? text;
    told.set(column, before);
    if (CORRECTION_NAMES.has(name)) {
      if (!STANDS.test(kind)) failKind(column, text, 'trades that stand', '0', where());
    } else if (NO_TRADES.has(kind)) failKind(column, text, 'trades alone', 'TRADE', where());
    else if (text !== before && !(OF_TRADES.has(kind) && OF_TRADES.has(plainName(before))))
      failKind(column, text, `rows of one kind, ${column} ${JSON.stringify(before)} as before`, before, where());
  };
}

function failKind(column: string, text: string, expected: string, like: string, where: string): never {
  const side =
    NUMBERED.test(like) && NUMBERED.test(text) ? `\`columns: { side: ${column} }\` where it is the side, ` : '';
  const mend = `${side}\`input: { where: { ${column}: ${like} } }\` reads those of one kind, \`accept\` takes all of them`;
  fail('input', where, `${expected}: ${mend}`, `${column} ${JSON.stringify(text)}`);
}
