/**
 * `minotaur-core` for Node, as one module a room: whoever starts loads most of it, and six hundred files take longer to find and open
 * than to compile. A room imports only those above it, so that each is there once; names are unique within a room, and by them
 * `minotaur` imports from a room what its sources import from a file of it. Others, bundlers for browsers among them, find the files
 * themselves, of which they leave out what is not used.
 *
 * What is used of zod is in the one module that needs it: it comes as a hundred files.
 */
import { globSync, mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { basename, relative, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build, type Plugin } from 'esbuild';
import { noticesOf } from './bundle.ts';
import { keptCompiled } from './keep-compiled.ts';
import rooms from './rooms.json' with { type: 'json' };

const core = fileURLToPath(new URL('../packages/core/', import.meta.url));
const source = `${core}src/`;
const dist = `${core}dist/node/`;

/**
 * The module that a file of core is in. Sections of the configuration are one, of all rooms: they load zod, and what begins a thread
 * or prints a help text needs none of it.
 */
export const moduleOf = (file: string): string =>
  /section(\.ts)?$|^config\/schema\b/.test(file) ? 'sections' : file.split('/')[0];

const filesOf = (name: string): string[] =>
  globSync('*/**/*.ts', { cwd: source, exclude: ['**/*.test.ts', '**/*.d.ts'] })
    .filter((file) => moduleOf(file) === name)
    .sort();

/** All that the files of a module export. */
const textOf = (name: string): string =>
  filesOf(name)
    .map((file) => `export * from './${file}';\n`)
    .join('');

/** @throws where two files of a module export different things by the same name, which the module is then without */
async function requireWhole(module: string, found: readonly string[]): Promise<void> {
  const entryPoints = filesOf(module).map((file) => source + file);
  const { metafile } = await build({ entryPoints, outdir: dist, write: false, metafile: true });
  const missing = Object.values(metafile.outputs).flatMap(({ exports }) =>
    exports.filter((name) => !found.includes(name)),
  );
  if (missing.length > 0)
    throw new Error(`expected names that are unique in ${module}, found more than one ${missing.join()}`);
}

/** Names that a bundle exports, by its text: esbuild's own account names those too that it left out because there are two. */
function exportedBy(text: string): string[] {
  const [, list = ''] = /^export \{([^}]*)\};$/m.exec(text) ?? [];
  return list.split(',').map((each) => each.trim().split(' as ').at(-1) ?? '');
}

/** Imports from other modules stay imports. */
const apart: Plugin = {
  name: 'apart',
  setup({ onResolve, onLoad }) {
    onResolve({ filter: /^module:/ }, ({ path }) => ({ path: path.slice('module:'.length), namespace: 'module' }));
    onLoad({ filter: /.*/, namespace: 'module' }, ({ path }) => ({ contents: textOf(path), resolveDir: source }));
    onResolve({ filter: /^\./ }, ({ path, importer, namespace, resolveDir }) => {
      const file = resolve(resolveDir, path);
      const name = moduleOf(relative(source, file));
      const own = namespace === 'module' ? importer : moduleOf(relative(source, importer));
      return name === own ? { path: file } : { path: `./${name}.js`, external: true };
    });
  },
};

/** @throws where modules import each other in a circle, of which one would be without what it imports */
function requireOrder(modules: readonly (readonly [string, readonly string[]])[]): void {
  const left = new Map(modules);
  for (let before = Infinity; left.size < before;) {
    before = left.size;
    for (const [name, imports] of left) if (!imports.some((each) => left.has(each))) left.delete(name);
  }
  if (left.size > 0)
    throw new Error(`expected modules of minotaur-core in an order, found a circle of ${[...left.keys()].join()}`);
}

export async function bundleCore(): Promise<void> {
  rmSync(dist, { recursive: true, force: true });
  const names = ['sections', ...(rooms.find((each) => each.package === 'core')?.rooms ?? []).map(({ name }) => name)];
  const { metafile, outputFiles } = await build({
    metafile: true,
    write: false,
    entryPoints: [
      { in: `${source}index.ts`, out: 'index' },
      ...names.map((name) => ({ in: `module:${name}`, out: name })),
    ],
    absWorkingDir: core,
    outdir: dist,
    bundle: true,
    format: 'esm',
    platform: 'neutral',
    external: ['fastest-levenshtein'],
    target: 'es2023',
    plugins: [apart],
  });
  mkdirSync(dist, { recursive: true });
  for (const { path, text } of outputFiles) {
    const name = basename(path, '.js');
    if (names.includes(name)) await requireWhole(name, exportedBy(text));
    const notices = noticesOf([metafile.outputs[relative(core, path)]]);
    writeFileSync(path, name === 'index' ? notices + text : keptCompiled(text, notices));
  }
  requireOrder(
    Object.entries(metafile.outputs).map(([file, { imports }]) => [
      basename(file),
      imports.map(({ path }) => basename(path)),
    ]),
  );
}
