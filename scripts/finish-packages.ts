/** What makes a compiled package one that can be published: the licence beside it, and nothing of sources that are gone. */
import { copyFileSync, cpSync, existsSync, globSync, mkdirSync, rmSync } from 'node:fs';

const root = new URL('../', import.meta.url);

/** Compiled files whose source was moved or removed; an incremental build leaves them. */
export function removeStale(folder: string): void {
  const place = new URL(`packages/${folder}/`, root);
  for (const file of globSync('dist/**/*.d.ts', { cwd: place })) {
    const stem = file.replace(/\.d\.ts$/, '');
    if (existsSync(new URL(`${stem.replace(/^dist/, 'src')}.ts`, place))) continue;
    for (const ending of ['.d.ts', '.js']) rmSync(new URL(stem + ending, place), { force: true });
  }
}

/** Modules of an earlier build: bundles come to stand beside them under names of their own. */
export function removeModules(folder: string): void {
  const place = new URL(`packages/${folder}/dist/`, root);
  for (const file of globSync('**/*.js', { cwd: place })) rmSync(new URL(file, place));
}

/** The documents and examples, which a user without the repository reads from the package; `features NAME` prints the operators. */
export function copyDocuments(folder: string): void {
  const place = new URL(`packages/${folder}/`, root);
  for (const name of ['docs/', 'examples/']) rmSync(new URL(name, place), { recursive: true, force: true });
  mkdirSync(new URL('docs/howto/', place), { recursive: true });
  for (const page of globSync(['*.md', 'howto/*.md'], { cwd: new URL('docs/', root) }))
    copyFileSync(new URL(`docs/${page}`, root), new URL(`docs/${page}`, place));
  cpSync(new URL('examples/', root), new URL('examples/', place), {
    recursive: true,
    filter: (path) => !/__pycache__|\.test\.ts$/.test(path),
  });
}

/** Files of the root that every package carries. */
export function copyNotices(folder: string, names: readonly string[]): void {
  for (const name of names) copyFileSync(new URL(name, root), new URL(`packages/${folder}/${name}`, root));
}
