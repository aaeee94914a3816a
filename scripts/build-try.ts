/**
 * Builds the page that computes in a visitor's browser into out/try: a page, its style, its script, and the script of its worker.
 * Any server of files can serve them, and they work opened from a disk.
 */
import { copyFileSync, mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Plugin } from 'esbuild';
import { BROWSERS, bundle } from './bundle.ts';

const root = fileURLToPath(new URL('../', import.meta.url));
const view = join(root, 'packages/view/src');
const worker = join(root, 'packages/minotaur/src/browser/worker.ts');

/** Of the pages, the worker takes what they have in common with what fills them, and none of their parts. */
const commonOfPages: Plugin = {
  name: 'common-of-pages',
  setup({ onResolve, onLoad }) {
    onResolve({ filter: /^#view$/ }, () => ({ path: 'common', namespace: 'pages' }));
    onLoad({ filter: /.*/, namespace: 'pages' }, () => ({
      contents: ["export * from './view-data.ts';", "export { compact, count } from './numbers.ts';"].join('\n'),
      resolveDir: join(view, 'parts'),
    }));
  },
};

/** The files of the page by name. */
export async function bundleTry(): Promise<Readonly<Record<string, string>>> {
  const script = { minify: true, target: BROWSERS, format: 'iife', platform: 'browser' } as const;
  const [theme, page, style, computing] = await Promise.all([
    bundle(join(view, 'client/theme.ts'), script),
    bundle(join(view, 'client/try.tsx'), script),
    bundle(join(view, 'style/try.css'), { minify: true, target: BROWSERS }),
    bundle(worker, { ...script, plugins: [commonOfPages] }),
  ]);
  // A function that the page never calls: of its text it makes a worker. So nothing has to be fetched, which its policy forbids.
  return {
    'try.js': theme + page,
    'try.css': style,
    'worker.js': `globalThis.minotaurWorker=function(){${computing}\n};\n`,
  };
}

/** Writes them into `folder`, and nothing else is left there. */
export async function buildTry(folder: string): Promise<void> {
  const files = await bundleTry();
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(folder, { recursive: true });
  copyFileSync(join(view, 'client/try/index.html'), join(folder, 'index.html'));
  for (const [name, text] of Object.entries(files)) writeFileSync(join(folder, name), text);
}

if (import.meta.main) await buildTry(join(root, 'out/try'));
