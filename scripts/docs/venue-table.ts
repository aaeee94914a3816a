/** What is known of venues, as docs/venues.md shows it: from the same entries as `minotaur venues`. */
import { listVenues, type VenueEntry } from '../../packages/minotaur/src/runs/venues.ts';

const count = (value: number): string => value.toLocaleString('en');

function repairCell({ repair }: VenueEntry): string {
  if (repair === null) return 'none';
  const by = { id: 'by id', time: 'by time', newest: 'the newest' }[repair.by];
  return `${by}, back to ${repair.reaches}${repair.needsKey ? '; takes a key' : ''}`;
}

function budgetCell({ repair }: VenueEntry): string {
  if (repair === null) return '';
  const { budget, pageSize, tradesPerMinute, by } = repair;
  const pages = `pages of ${count(pageSize)} for ${budget.perPage} of ${count(budget.perMinute)} ${budget.unit} a minute`;
  return by === 'newest' || tradesPerMinute === null ? pages : `${count(tradesPerMinute)} trades a minute: ${pages}`;
}

/** What a new session is warm by. */
function beginsCell({ urls, reach, repair }: VenueEntry): string {
  if (urls.length === 0) return '';
  if (reach === 'rest') return 'REST';
  const page = `the newest ${count(repair?.pageSize ?? 0)}`;
  return reach === 'files' ? `${page}; the file of its first day, until when it collects` : `${page}; its own trades`;
}

function row(one: VenueEntry): string {
  const live = one.urls.length === 0 ? 'recordings' : 'stream';
  const dump = one.dump === null ? 'none' : `${one.dump.layout}; ${one.dump.published}`;
  const guesses = one.facts.memory.map((name) => `\`${name}\``).join(', ');
  const cells = [
    `\`${one.venue}\``,
    live,
    one.ids,
    one.holesSeen,
    repairCell(one),
    budgetCell(one),
    beginsCell(one),
    dump,
    guesses,
  ];
  return `| ${cells.join(' | ')} |`;
}

export function venueTable(): string {
  const head = ['venue', 'read from', 'ids', 'holes seen', 'repair', 'budget', 'warm by', 'dump', 'guesses'];
  return [
    `| ${head.join(' | ')} |`,
    `|${'---|'.repeat(head.length)}`,
    ...listVenues().map(row),
    '',
    '| venue | id | which trades count | side |',
    '|---|---|---|---|',
    ...listVenues().map((one) => `| \`${one.venue}\` | ${one.id} | ${one.counts} | ${one.side} |`),
  ].join('\n');
}
