/** What stands beside the pages: groups of documents, operators by family, decisions, what can be imported. */
import type { ApiPage } from './api-pages.ts';

export interface Item {
  readonly text: string;
  readonly link?: string;
  readonly collapsed?: boolean;
  readonly items?: readonly Item[];
}

/** By page; those of these lists in this order, all others under Reference. */
const START = [
  'index.md',
  'inspect.md',
  'compare.md',
  'run.md',
  'view.md',
  'many-instruments.md',
  'packages.md',
  'troubleshooting.md',
];
const USING = [
  'configuration.md',
  'inputs.md',
  'fetch.md',
  'cluster.md',
  'labels.md',
  'learning.md',
  'networks.md',
  'tuning.md',
  'selection.md',
  'transform.md',
  'export.md',
  'sinks.md',
  'journal.md',
  'live.md',
  'faults.md',
  'serving.md',
  'operating.md',
  'bus.md',
  'verification.md',
  'foreign.md',
  'testing.md',
];

const BY_TITLE = new Intl.Collator('en');

export interface Sources {
  /** Text of every page, by its path on the site. */
  readonly pages: ReadonlyMap<string, string>;
  readonly api: readonly ApiPage[];
}

export function sidebars({ pages, api }: Sources): Record<string, readonly Item[]> {
  const itemOf = (page: string): Item => ({ text: titleOf(page, pages), link: linkOf(page) });
  const inFolder = (folder: string): Item[] =>
    [...pages.keys()].filter((page) => page.startsWith(`${folder}/`) && page !== `${folder}/index.md`).map(itemOf);
  const documents = [...pages.keys()].filter((page) => !page.includes('/'));
  const given = new Set([...START, ...USING, 'changelog.md', 'contributing.md']);
  const reference = documents.filter((page) => !given.has(page)).map(itemOf);
  const families = familiesOf(pages.get('operators/index.md') ?? '');
  const operators = [{ text: 'All operators', link: '/operators/' }];
  return {
    '/operators/': [...operators, ...families],
    '/': [
      { text: 'Start here', items: START.map(itemOf) },
      { text: 'How to', items: [{ text: 'All', link: '/howto/' }, ...inFolder('howto')] },
      { text: 'Using it', items: USING.map(itemOf) },
      { text: 'Reference', items: reference.sort((a, b) => BY_TITLE.compare(a.text, b.text)) },
      {
        text: 'Operators',
        collapsed: true,
        items: [...operators, ...families.map(({ text }) => ({ text, link: `/operators/#${text}` }))],
      },
      { text: 'Examples', collapsed: true, items: inFolder('examples') },
      { text: 'API', collapsed: true, items: api.map(({ title, page }) => ({ text: title, link: linkOf(page) })) },
      {
        text: 'Decisions',
        collapsed: true,
        items: [{ text: 'All decisions', link: '/decisions/' }, ...inFolder('decisions')],
      },
      { text: 'Project', items: ['changelog.md', 'contributing.md'].map(itemOf) },
    ],
  };
}

/** As the table of operators has them: a heading for each family, a link for each operator. */
function familiesOf(index: string): Item[] {
  return index
    .split(/^## (?=[a-z]+$)/m)
    .slice(1)
    .map((section) => ({
      text: section.slice(0, section.indexOf('\n')),
      collapsed: true,
      items: [...section.matchAll(/\]\((?:\.\/)?(\w+)\.md\) \|/g)].map(([, name]) => ({
        text: name,
        link: `/operators/${name}`,
      })),
    }));
}

/** The front page's title is its frontmatter's. */
function titleOf(page: string, pages: ReadonlyMap<string, string>): string {
  if (page === 'index.md') return 'Minotaur';
  const title = /^# (.+)$/m.exec(pages.get(page) ?? '')?.[1];
  if (title === undefined) throw new Error(`${page}: expected a page with a title, found none`);
  return title.replaceAll('`', '').replaceAll('&', '&amp;').replaceAll('<', '&lt;');
}

const linkOf = (page: string): string => `/${page.replace(/(index)?\.md$/, '')}`;
