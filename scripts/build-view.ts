/**
 * Bundles the pages into one file without dependencies. What a page carries is bundled first, and stands in that file as text:
 * style sheets, and the scripts that run in the reader's browser.
 */
import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { BuildOptions, Plugin } from 'esbuild';
import { BROWSERS, bundle } from './bundle.ts';

const root = fileURLToPath(new URL('../', import.meta.url));
const view = join(root, 'packages/view');

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
