/**
 * Bundles the pages into one file without dependencies. What a page carries is bundled first, and stands in that file as text:
 * style sheets, and the scripts that run in the reader's browser.
 */
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build, type BuildOptions, type Metafile, type Plugin } from 'esbuild';

const root = fileURLToPath(new URL('../', import.meta.url));
const view = join(root, 'packages/view');

/** Browsers that have `light-dark()`, which the style sheets use: all of 2024 and later. */
const BROWSERS = ['chrome123', 'firefox120', 'safari17.5'];

/**
 * How a bundle keeps to the licence of each package in it. `text`: the licence asks for its text in every copy; `name`: so it
 * does, but the package brings none; `header`: the package's code has a header of its own, which stays.
 */
const LICENCES: Readonly<Record<string, 'text' | 'name' | 'header'>> = {
  'fancy-canvas': 'name',
  'lightweight-charts': 'header',
  preact: 'text',
  'preact-render-to-string': 'text',
};

/** A comment that bundlers leave where it is; empty where the package needs none. */
function noticeOf(name: string): string {
  const kept = LICENCES[name];
  if (kept === undefined) throw new Error(`${name} in a bundle: expected an entry in LICENCES, found none`);
  if (kept === 'header') return '';
  const read = (file: string): string => readFileSync(join(root, 'node_modules', name, file), 'utf8').trim();
  const { version, license, author } = JSON.parse(read('package.json')) as Record<string, string>;
  return kept === 'text'
    ? `/*! ${name} ${version}\n${read('LICENSE')}\n*/\n`
    : `/*! ${name} ${version}, ${license} licence, ${author} */\n`;
}

/** The notices of all packages that a bundle has something of. */
function noticesOf({ outputs }: Metafile): string {
  const paths = Object.values(outputs).flatMap(({ inputs }) =>
    Object.keys(inputs).filter((path) => inputs[path].bytesInOutput > 0),
  );
  const names = paths.flatMap((path) => /.*node_modules\/((?:@[^/]+\/)?[^/]+)\//.exec(path)?.[1] ?? []);
  return [...new Set(names)].sort().map(noticeOf).join('');
}

/** One file, bundled in memory, with the licences of what is in it. */
async function bundle(entry: string, options: BuildOptions): Promise<string> {
  const { outputFiles, metafile } = await build({
    ...options,
    absWorkingDir: root,
    entryPoints: [entry],
    bundle: true,
    write: false,
    metafile: true,
    charset: 'utf8',
    conditions: ['source'],
    legalComments: 'inline',
  });
  return noticesOf(metafile) + outputFiles[0].text;
}

/** Text inside a page, which nothing in it may end early. */
function requireEmbeddable(text: string, name: string): string {
  const found = /<\/(?:script|style)|<!--/i.exec(text);
  if (found !== null) throw new Error(`${name}: expected text that can stand in a page, found '${found[0]}'`);
  return text;
}

/** Imports of style sheets and of `client:NAME` become text. */
const texts: Plugin = {
  name: 'texts',
  setup({ onResolve, onLoad }) {
    const text = async (entry: string, options: BuildOptions) => {
      return {
        contents: requireEmbeddable(
          (await bundle(entry, { minify: true, target: BROWSERS, ...options })).trim(),
          entry,
        ),
        loader: 'text' as const,
      };
    };
    onLoad({ filter: /\.css$/ }, ({ path }) => text(path, {}));
    onResolve({ filter: /^client:/ }, ({ path }) => ({ path: path.slice('client:'.length), namespace: 'client' }));
    onLoad({ filter: /.*/, namespace: 'client' }, ({ path }) =>
      text(join(view, 'src/client', path), { format: 'iife' }),
    );
  },
};

/** Writes the bundle for the workspace, and into the package that users install. */
export async function buildView(): Promise<void> {
  const text = await bundle(join(view, 'src/index.ts'), {
    format: 'esm',
    platform: 'neutral',
    mainFields: ['module', 'main'],
    target: 'node22',
    plugins: [texts],
  });
  for (const path of ['packages/view/dist/index.js', 'packages/minotaur/dist/view.js']) {
    const file = join(root, path);
    mkdirSync(dirname(file), { recursive: true });
    writeFileSync(file, text);
  }
}
