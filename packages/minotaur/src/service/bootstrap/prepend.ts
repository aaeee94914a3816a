/** Files of trades before what has been gathered: whether they meet it, and what both have. */
import { fail } from 'minotaur-core/internal/base/errors';
import { sliceTrades, tradeAt, type Trade } from 'minotaur-core/internal/trades/trade';
import { compare, type Gathered } from './gathered.ts';
import { isBehind, scanFiles, type FilePiece } from './pieces.ts';

/** Whether files end where what is there begins, or later: then they are taken, and what both have is theirs. */
export async function prepend(
  gathered: Gathered,
  first: Trade,
  files: readonly string[],
  from: string,
  isDayBefore = false,
): Promise<boolean> {
  const { instrument, options } = gathered;
  const piece: FilePiece = { files, options, before: first };
  const { ids } = instrument;
  const again: Trade[] = [];
  const ends = await scanFiles(ids, piece, (trade) => again.push(trade));
  const meets = ids === 'unique' ? isDayBefore : ids === 'dense' && Number(ends.newest?.id) === Number(first.id) - 1;
  const joins = ends.overlaps || meets;
  if (!joins || ends.oldest === undefined) return false;
  for (const trade of again) compare(gathered, { trade, from });
  if (gathered.recorded !== undefined && ids === 'unique') requireAll(gathered, again, from);
  const last = again.findLast(({ id }) => gathered.edge.get(id)?.from === 'REST');
  const before = last === undefined ? first : cutTo(gathered, last);
  if (gathered.pieces.length === 0) gathered.last = last ?? ends.newest;
  gathered.pieces.unshift({ ...piece, before });
  gathered.oldest = gathered.first = ends.oldest;
  gathered.trades += ends.trades + (last === undefined ? 0 : again.indexOf(last) + 1);
  gathered.edge = new Map();
  return true;
}

/** Where ids tell no hole, the file and what is on record have to have the same trades: as far as both are compared. */
function requireAll({ edge, instrument, acceptRevised }: Gathered, again: readonly Trade[], from: string): void {
  if (acceptRevised) return;
  const [ours, theirs] = [[...edge.keys()], again.map(({ id }) => id)];
  const given = new Set(theirs);
  const stranger = theirs
    .slice(
      0,
      theirs.findLastIndex((id) => edge.has(id)),
    )
    .find((id) => !edge.has(id));
  const absent = ours
    .slice(
      0,
      ours.findLastIndex((id) => given.has(id)),
    )
    .find((id) => !given.has(id));
  const where = `${instrument.symbol}, ${from}`;
  if (absent !== undefined)
    fail('input', where, `trade ${String(absent)}, which is on record, from where it begins`, 'none');
  if (stranger !== undefined)
    fail('input', where, 'the trades that are on record', `trade ${String(stranger)} among them`);
}

/** Leaves out of the pages what files have; the first trade that is left, or with which the stream begins. */
function cutTo(gathered: Gathered, last: Trade): Trade | undefined {
  const { pieces, instrument } = gathered;
  const { ids } = instrument;
  for (let piece = pieces[0]; piece !== undefined && 'block' in piece; piece = pieces[0]) {
    const { block } = piece;
    const end = tradeAt(block, block.length - 1);
    let at = 0;
    if (ids !== 'unique' && isBehind(ids, last, end)) at = block.length;
    else while (at < block.length && !(tradeAt(block, at).id === last.id)) at++;
    const cut = Math.min(block.length, at + 1);
    gathered.trades -= cut;
    if (cut < block.length) {
      pieces[0] = { block: sliceTrades(block, cut, block.length) };
      return tradeAt(block, cut);
    }
    pieces.shift();
    if (end.id === last.id) break;
  }
  const next = pieces[0];
  if (next !== undefined && 'block' in next) return tradeAt(next.block, 0);
  return gathered.top;
}
