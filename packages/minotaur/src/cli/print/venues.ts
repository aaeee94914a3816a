/** Venues, in words. */
import type { VenueEntry } from '../../runs/venues.ts';
import { count } from './figures.ts';
import { entry } from './lines.ts';

const HOLES: Readonly<Record<VenueEntry['holesSeen'], string>> = {
  'at once': 'holes are seen at once',
  'by asking': 'holes are seen only by asking',
  no: 'holes are not seen',
};

/** Where a fact is from, behind it. */
function mark({ facts }: VenueEntry, name: string): string {
  const from = (Object.keys(facts) as (keyof typeof facts)[]).find((each) => facts[each].includes(name));
  return from === 'memory' ? '(guess)' : `(${from})`;
}

export function venueLines(all: readonly VenueEntry[]): string {
  const guesses = all.reduce((sum, { facts }) => sum + facts.memory.length, 0);
  return [
    ...all.flatMap((one) => [...linesOf(one), '']),
    `${all.length} markets. No venue was called: ${guesses} of what stands here are guesses.`,
  ].join('\n');
}

function linesOf(one: VenueEntry): string[] {
  return [
    `${one.venue}: ${one.title}`,
    ...entry('  ids', `${one.ids}, ${one.id} ${mark(one, 'id')}; ${HOLES[one.holesSeen]}`),
    ...entry('  trades', `${one.counts} ${mark(one, 'counts')}; ${one.side} ${mark(one, 'side')}`),
    ...entry(
      '  stream',
      one.urls.length === 0 ? 'recordings alone' : `${one.urls.join(', ')} ${mark(one, 'stream.urls')}`,
    ),
    ...entry('  repair', repairText(one)),
    ...(one.urls.length === 0 ? [] : entry('  begins', beginText(one))),
    ...entry('  dump', dumpText(one)),
    ...entry('  guesses', one.facts.memory.join(', ') || 'none'),
  ];
}

/** What a new session is warm by. */
function beginText({ reach, repair, dump }: VenueEntry): string {
  if (reach === 'rest') return 'warm, over REST as far as that goes back';
  const page = repair === null ? 'cold' : `with the newest ${count(repair.pageSize)} trades`;
  if (reach === 'none') return `${page}; beyond them it is warm by its own trades alone`;
  return `${page}; beyond them it collects, and is warm once the file of its first day is there (${dump?.published}) or by its own trades`;
}

function repairText(one: VenueEntry): string {
  const { repair } = one;
  if (repair === null) return 'none';
  const { by, reaches, pageSize, tradesPerMinute, budget, needsKey } = repair;
  const begins = { id: 'from an id on', time: 'from a time on', newest: 'the newest' }[by];
  const pages = `pages of ${count(pageSize)} ${mark(one, 'repair.pageSize')}, one for ${budget.perPage} of ${count(budget.perMinute)} ${budget.unit} a minute ${mark(one, 'repair.budget')}`;
  const rate = by === 'newest' || tradesPerMinute === null ? '' : `: ${count(tradesPerMinute)} trades a minute`;
  const key = needsKey ? `; takes a key ${mark(one, 'repair.needsKey')}` : '';
  return `${begins} ${mark(one, 'repair.by')}, back to ${reaches} ${mark(one, 'repair.reaches')}; ${pages}${rate}${key}`;
}

function dumpText(one: VenueEntry): string {
  if (one.dump === null) return 'none';
  const { layout, published, example } = one.dump;
  return `${layout} ${mark(one, 'dump.layout')}, ${published} ${mark(one, 'dump.published')}: ${example} ${mark(one, 'dump.file')}`;
}
