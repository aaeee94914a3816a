/** Writes what VitePress reads: sources as pages where the site has them, with their pictures, and what stands beside them. */
import { cpSync, globSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { apiPages } from './api-pages.ts';
import { examplesOf } from './examples.ts';
import { frontPage } from './front-page.ts';
import { relink } from './links.ts';
import { sidebars } from './sidebar.ts';

/** Sources that are pages as they are; `docs/api` is for reviews, and its pages here have the docstrings too. */
const DOCUMENTS = [
  'README.md',
  'CHANGELOG.md',
  'CONTRIBUTING.md',
  'docs/*.md',
  'docs/howto/*.md',
  'docs/operators/*.md',
  'docs/decisions/*.md',
];
const PICTURES = ['docs/pictures/*', 'docs/operators/plots/*'];

export interface Preparation {
  /** Of the repository. */
  readonly root: string;
  /** Emptied and filled. */
  readonly pages: string;
  /** Whether the site has a page `/try/`. */
  readonly hasTry: boolean;
}

/** Returns how many pages there are. */
export async function prepare({ root, pages: folder, hasTry }: Preparation): Promise<number> {
  const sources = DOCUMENTS.flatMap((pattern) => globSync(pattern, { cwd: root }).sort());
  const pictures = PICTURES.flatMap((pattern) => globSync(pattern, { cwd: root }));
  const examples = examplesOf(root);
  const places = new Map([
    ['docs/api', 'api/index.md'],
    ...[...sources, ...pictures].map((source): [string, string] => [source, placeOf(source)]),
    ...examples.flatMap(({ folder: example, page, places: files }): [string, string][] => [
      [example, page],
      [`${example}/README.md`, page],
      ...files,
    ]),
  ]);
  const pages = new Map<string, string>();
  for (const source of sources) {
    const text = relink(readFileSync(join(root, source), 'utf8'), source, places);
    pages.set(placeOf(source), source === 'README.md' ? frontPage(text) : text);
  }
  for (const { folder: example, page, text } of examples) pages.set(page, relink(text, `${example}/README.md`, places));
  const api = await apiPages();
  for (const { page, text } of api) pages.set(page, text);

  rmSync(folder, { recursive: true, force: true });
  for (const [page, text] of pages) write(join(folder, page), text);
  for (const picture of pictures) cpSync(join(root, picture), join(folder, placeOf(picture)));
  for (const plot of globSync('operators/plots/*.svg', { cwd: folder })) enlargeLetters(join(folder, plot));
  const data = { sidebar: sidebars({ pages, api }), palette: paletteOf(root), hasTry };
  write(join(folder, 'site.json'), JSON.stringify(data, undefined, 2));
  return pages.size;
}

/** On a phone a plot is half as wide as it is drawn, and its letters would be too small; its width is that of the image. */
function enlargeLetters(path: string): void {
  const svg = readFileSync(path, 'utf8');
  writeFileSync(path, svg.replace('</style>', '@media(max-width:480px){text{font-size:15px}}</style>'));
}

/** Documents lose the folder `docs`; the README of a folder is its first page. */
const placeOf = (source: string): string =>
  source.includes('/')
    ? source.replace(/^docs\//, '').replace(/README\.md$/, 'index.md')
    : source.toLowerCase().replace(/^readme\.md$/, 'index.md');

/** Colours of the pages of packages/view, light and dark. */
function paletteOf(root: string): string {
  const style = readFileSync(join(root, 'packages/view/src/style/base.css'), 'utf8');
  const colours = style.match(/^ {2}--[\w-]+: .+;$/gm);
  if (colours === null) throw new Error('packages/view/src/style/base.css: expected colours, found none');
  return `:root {\n${colours.join('\n')}\n}\n`;
}

function write(path: string, text: string): void {
  mkdirSync(dirname(path), { recursive: true });
  writeFileSync(path, text);
}
