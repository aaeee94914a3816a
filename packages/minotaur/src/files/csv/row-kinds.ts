/** Columns that say what kind of event a row is: quotes, orders and corrections are no trades, and what is traded twice is none either. */
import { fail } from 'minotaur-core/internal/base/errors';
import { plainName, whereOf, type TellingColumn } from './telling.ts';

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
  'status',
  'orderstatus',
  'tradestatus',
  'ticktype',
  'type',
  'updatetype',
]);

/** Names of the column by which a tape takes trades back: 0 of those that stand. */
const CORRECTION_NAMES = new Set(['correction', 'corr', 'trcorr', 'tradecorrection', 'tradecorrectionindicator']);

/** And flags that say it. */
const CANCELLED_NAMES = new Set(['cancelled', 'canceled', 'iscancelled', 'iscanceled', 'busted', 'isbusted']);

/** Kinds of rows that are no trades, alone in a file too. */
const NO_TRADES = new Set(
  'quote quotes bid ask offer bestbid bestask bidask book order orders add modify cancel cancelled canceled rejected expired delete clear depth snapshot'.split(
    ' ',
  ),
);

/** What a status says of an order that nothing was traded of yet. */
const STATUS_NAMES = new Set(['status', 'orderstatus', 'tradestatus']);
const NOT_YET = new Set(['open', 'new', 'pending']);

/** What trades may differ in: sides, kinds of orders, fills, whether the price rose; and nothing said. */
const OF_TRADES = new Set(
  'buy sell b s buyer seller taker maker market limit m l fill fills partialfill fullfill partial full filled partiallyfilled closed done executed plustick minustick zeroplustick zerominustick'
    .split(' ')
    .concat(''),
);

/** Words of a side as Bitstamp and others have it, of which those of one kind would be half of the trades. */
const NUMBERED = /^-?[012]$/;

/** Nothing taken back: as pandas writes it too, where most rows have none. */
const STANDS = /^(0*|nan|null|none|false|f|no|n)$/;

/** Words of a side that nothing else is meant by. */
const SIDES = new Set(['buy', 'sell', 'b', 's']);

/** Those of `names` that say it, but for `settled` ones. */
export function kindColumns(
  names: readonly string[],
  settled: ReadonlySet<number>,
  mayBeSide: boolean,
): TellingColumn[] {
  return names.flatMap((name, at): TellingColumn[] => {
    const key = plainName(name);
    const isKind = KIND_NAMES.has(key) || takesBack(key);
    return !settled.has(at) && isKind ? [{ at, name, says: 'kind', mayBeSide }] : [];
  });
}

/** Whether a column of this name says which trades are taken back. */
const takesBack = (name: string): boolean => CORRECTION_NAMES.has(name) || CANCELLED_NAMES.has(name);

/** Refuses a row of another kind than those before it, and one that is no trade. */
export type RequireKind = (
  column: Pick<TellingColumn, 'name' | 'mayBeSide'>,
  text: string,
  where: () => string,
) => void;

/** For all files of one source. */
export function kindTest(): RequireKind {
  const told = new Map<string, string>();
  return ({ name: column, mayBeSide }, text, where) => {
    const [name, kind] = [plainName(column), plainName(text)];
    const before = told.get(column) ?? text;
    told.set(column, before);
    if (takesBack(name)) {
      const like = CORRECTION_NAMES.has(name) ? '0' : 'false';
      if (!STANDS.test(kind)) failKind(column, text, 'trades that stand', before === text ? like : before, where());
    } else if (mayBeSide && SIDES.has(kind)) {
      const expected = `\`columns: { side: ${column} }\`, where it is the side; \`accept\` takes trades without one`;
      fail('input', where(), expected, `${column} ${JSON.stringify(text)}, and no side column`);
    } else if (NO_TRADES.has(kind) || (STATUS_NAMES.has(name) && NOT_YET.has(kind)))
      failKind(column, text, 'trades alone', STATUS_NAMES.has(name) ? 'filled' : 'TRADE', where());
    else if (text !== before && !(OF_TRADES.has(kind) && OF_TRADES.has(plainName(before))))
      failKind(
        column,
        text,
        `rows of one kind, ${column} ${JSON.stringify(before)} as before`,
        before === '' ? text : before,
        where(),
      );
  };
}

function failKind(column: string, text: string, expected: string, like: string, where: string): never {
  const side =
    NUMBERED.test(like) && NUMBERED.test(text) ? `\`columns: { side: ${column} }\` where it is the side, ` : '';
  const mend = `${side}${whereOf(column, like)} reads those of one kind, \`accept\` takes all of them`;
  fail('input', where, `${expected}: ${mend}`, `${column} ${JSON.stringify(text)}`);
}
