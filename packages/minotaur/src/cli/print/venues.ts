/** Venues, in words. */
import type { VenueEntry } from '../../runs/venues.ts';
import { count } from './figures.ts';
import { entry } from './lines.ts';

const HOLES: Readonly<Record<VenueEntry['holesSeen'], string>> = {
  'at once': 'holes are seen at once',
  'by asking': 'holes are seen only by asking',
  no: 'holes are not seen',
};

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
    ...entry('  ids', `${one.ids}, ${one.id}; ${HOLES[one.holesSeen]}`),
    ...entry('  trades', `${one.counts}; ${one.side}`),
    ...entry('  stream', one.urls.length === 0 ? 'recordings alone' : one.urls.join(', ')),
    ...entry('  repair', repairText(one)),
    ...entry('  dump', dumpText(one)),
    ...entry('  guesses', one.facts.memory.join(', ') || 'none'),
  ];
}

function repairText({ repair }: VenueEntry): string {
  if (repair === null) return 'none';
  const { by, reaches, tradesPerMinute, budget, needsKey } = repair;
  const begins = { id: 'from an id on', time: 'from a time on', newest: 'the newest' }[by];
  const pages = `a page takes ${budget.perPage} of ${count(budget.perMinute)} ${budget.unit} a minute`;
  const rate = by === 'newest' ? '' : `, ${count(tradesPerMinute)} trades a minute`;
  return `${begins}, back to ${reaches}${rate} (${pages})${needsKey ? '; takes a key' : ''}`;
}

function dumpText({ dump }: VenueEntry): string {
  return dump === null ? 'none' : `${dump.layout}, ${dump.published}: ${dump.example}`;
}
