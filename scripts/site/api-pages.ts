/**
 * What can be imported, page by page: every export with its docstring and its declaration. An entry has a page; the first of
 * minotaur-core, which is long, one for each room.
 */
import { relative, dirname, posix } from 'node:path';
import { publicEntries, type Entry } from '../api/entries.ts';
import { facesOf, statementsOf, type Face, type Named } from '../api/faces.ts';
import rooms from '../rooms.json' with { type: 'json' };
import { anchorOf } from './anchor.ts';
import { declarationOf, kindOf, KINDS, proseOf, type Reading } from './api-texts.ts';

export interface ApiPage {
  readonly page: string;
  readonly title: string;
  readonly text: string;
}

interface Draft {
  readonly entry: Entry;
  readonly page: string;
  readonly title: string;
  readonly what: string;
  readonly own: readonly Named[];
  readonly named: readonly Named[];
  readonly theirs: readonly string[];
}

const CORE = 'minotaur-core';

export async function apiPages(): Promise<ApiPage[]> {
  const { checker, faces } = facesOf(publicEntries());
  const drafts = faces.flatMap((face) => (face.entry.name === CORE ? draftsOfRooms(face) : [draftOf(face)]));
  const places = new Map(drafts.flatMap(placesOf));
  const pages: ApiPage[] = [indexOf(drafts)];
  for (const draft of drafts) {
    const linkTo = (name: string): string | undefined => {
      const place = places.get(name);
      return (
        place && (place.startsWith(`${draft.page}#`) ? place.slice(draft.page.length) : linkFrom(draft.page, place))
      );
    };
    pages.push({ page: draft.page, title: draft.title, text: await textOf(draft, { checker, linkTo }) });
  }
  return pages;
}

function draftOf({ entry, own, named, theirs }: Face): Draft {
  return {
    entry,
    page: `api/${entry.name}.md`,
    title: entry.name,
    what: `import { … } from '${entry.name}'`,
    own,
    named,
    theirs,
  };
}

/** A room of core, by where a name is declared; rooms without names have no page. */
function draftsOfRooms({ entry, own, named }: Face): Draft[] {
  const roomOf = ({ symbol }: Named): string =>
    relative(dirname(entry.types), statementsOf(symbol)[0].getSourceFile().fileName).split('/')[0];
  return rooms
    .filter((one) => one.name === CORE)
    .flatMap((one) => one.rooms)
    .map(({ name }) => ({
      entry,
      page: `api/${CORE}/${name}.md`,
      title: `${CORE}: ${name}`,
      what: `import { … } from '${CORE}'`,
      own: own.filter((found) => roomOf(found) === name),
      named: named.filter((found) => roomOf(found) === name),
      theirs: [],
    }))
    .filter((draft) => draft.own.length > 0);
}

const sectionsOf = ({ own, named }: Draft): { readonly title: string; readonly names: readonly Named[] }[] =>
  [
    ...KINDS.map(({ kind, title }) => ({ title, names: own.filter(({ symbol }) => kindOf(symbol) === kind) })),
    { title: 'Named by these, and not to be imported', names: named },
  ].filter(({ names }) => names.length > 0);

/** Where each name is: its heading's anchor, numbered where two names differ by capitals alone. */
function placesOf(draft: Draft): [string, string][] {
  const taken = new Set<string>();
  const take = (heading: string): string => {
    const slug = anchorOf(heading);
    let free = slug;
    for (let i = 1; taken.has(free); i++) free = `${slug}-${i}`;
    taken.add(free);
    return free;
  };
  take(draft.title);
  return sectionsOf(draft).flatMap(({ title, names }) => {
    take(title);
    return names.map(({ name }): [string, string] => [name, `${draft.page}#${take(name)}`]);
  });
}

const linkFrom = (page: string, place: string): string => posix.relative(posix.dirname(page), place);

async function textOf(draft: Draft, reading: Reading): Promise<string> {
  const { title, what, theirs } = draft;
  const blocks = [`# ${title}`, `\`\`\`ts\n${what}\n\`\`\``];
  if (theirs.length > 0) {
    const links = theirs.map((name) => `[\`${name}\`](${reading.linkTo(name)})`);
    blocks.push(`Exports of ${CORE} as they are: ${links.join(', ')}.`);
  }
  for (const section of sectionsOf(draft)) {
    blocks.push(`## ${section.title}`);
    for (const named of section.names)
      blocks.push(`### ${named.name}`, ...proseOf(named, reading), ...(await declarationOf(named, reading)));
  }
  return `${blocks.join('\n\n')}\n`;
}

function indexOf(drafts: readonly Draft[]): ApiPage {
  const page = 'api/index.md';
  const rows = drafts.map((draft) => {
    const names = draft.own.map(({ name }) => `\`${name}\``).join(' ');
    return `| [${draft.title}](${linkFrom(page, draft.page)}) | ${names} |`;
  });
  const text = [
    '# API',
    'What can be imported, with the docstrings of the sources. [Packages and what to import](../packages.md) has an example of each entry.',
    ['| | |', '|---|---|', ...rows].join('\n'),
  ].join('\n\n');
  return { page, title: 'API', text: `${text}\n` };
}
