/**
 * `minotaur` as few modules as it can be, for the same reason as its core: what a command line needs at once is one module, what a
 * build loads behind it is another, and of the rest what is always loaded together. What a package's user imports, what processes are
 * started with, and what a command loads when it is called stay modules of their own. Threads that read, write and hash have modules
 * that no other code has: they load nothing that they do not need. Packages that come as dozens of files, and that nearly every
 * command reads its files with, are inside as far as they are used.
 */
import { globSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { dirname, relative, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build, type BuildOptions, type Plugin } from 'esbuild';
import { publicEntries } from './api/entries.ts';
import { noticesOf } from './bundle.ts';
import { moduleOf } from './bundle-core.ts';
import { keptCompiled } from './keep-compiled.ts';
import { removeModules } from './finish-packages.ts';

const root = fileURLToPath(new URL('../', import.meta.url));
const own = `${root}packages/minotaur/`;
const [source, dist] = [`${own}src/`, `${own}dist/`];
/** Stands for the way from a module to dist until it is written. */
const DIST = 'to:dist';
const INTERNAL = 'minotaur-core/internal/';
/** Started by their addresses, and not by code; tests load what a command line is made of. */
const PROGRAMS = ['cli/main.ts', 'cli/program.ts', 'cli/report.ts', 'verify/harness/runner.ts'];
/** Modules in the order in which they are loaded, and the files that ask for the others of each. None of them waits while it is loaded. */
const WHOLE = {
  command: ['cli/program.ts', 'cli/report.ts', 'cli/interruption.ts'],
  chain: ['cli/commands/build.ts'],
} as const;

const { dependencies, optionalDependencies, peerDependencies } = JSON.parse(
  readFileSync(`${own}package.json`, 'utf8'),
) as Record<string, Record<string, string>>;
/** Characters of a module from which on its code is kept compiled. */
const LARGE = 1 << 15;
/** What is installed with the package; what it is only built with is inside. */
const outside = Object.keys({ ...dependencies, ...optionalDependencies, ...peerDependencies });

const COMMON = {
  absWorkingDir: own,
  outbase: source,
  outdir: dist,
  bundle: true,
  splitting: true,
  metafile: true,
  format: 'esm',
  platform: 'node',
  target: 'es2023',
  external: outside,
} as const satisfies BuildOptions;

const sources = (): string[] => globSync('**/*.ts', { cwd: source, exclude: ['**/*.test.ts', 'browser/**'] }).sort();

/** Files that have a function of theirs run by a thread, which imports them. */
const worked = (): string[] =>
  sources().filter((file) => /Workers?\(\s*import\.meta\.url/.test(readFileSync(source + file, 'utf8')));

/** Of those, the ones below any chain. */
const isBelow = (file: string): boolean => /^(node|files|store)\//.test(file);

const inPlace: Plugin = {
  name: 'in place',
  setup({ onLoad, onResolve }) {
    // Wherever its code comes to stand, in a folder of dist, a file lies where it lay.
    onLoad({ filter: /\.ts$/ }, async ({ path }) => {
      const text = await readFile(path, 'utf8');
      const place = `new URL('${DIST}/${relative(source, path).replace(/\.ts$/, '.js')}', import.meta.url).href`;
      return { contents: text.replaceAll('import.meta.url', place), loader: 'ts' };
    });
    onResolve({ filter: new RegExp(`^${INTERNAL}`) }, ({ path }) => {
      return { path: INTERNAL + moduleOf(path.slice(INTERNAL.length)), external: true };
    });
    // What it gives to Node is CommonJS.
    onResolve({ filter: /^yaml$/ }, () => ({ path: `${root}node_modules/yaml/browser/index.js` }));
    onResolve({ filter: /^#/ }, ({ path }) => ({ path, external: true }));
  },
};

/** The files that come with the first of each whole module, and the module that each is in. */
async function filesOfWholes(): Promise<ReadonlyMap<string, string>> {
  const { inputs } = (
    await build({
      ...COMMON,
      entryPoints: Object.values(WHOLE)
        .flat()
        .map((file) => source + file),
      write: false,
      plugins: [inPlace],
    })
  ).metafile;
  const found = new Map<string, string>();
  const take = (path: string, module: string): void => {
    if (found.has(resolve(own, path)) || !path.startsWith('src/')) return;
    found.set(resolve(own, path), module);
    for (const { path: next, kind } of inputs[path]?.imports ?? []) if (kind === 'import-statement') take(next, module);
  };
  for (const [module, files] of Object.entries(WHOLE)) for (const file of files) take(`src/${file}`, module);
  return found;
}

/** What each file exports, under names that no two files share. */
async function exportsOf(
  files: readonly string[],
): Promise<ReadonlyMap<string, readonly (readonly [string, string])[]>> {
  const { outputs } = (
    await build({ ...COMMON, entryPoints: [...files], bundle: false, external: [], splitting: false, write: false })
  ).metafile;
  return new Map(
    Object.values(outputs).flatMap(({ entryPoint, exports }) => {
      const file = entryPoint ?? '';
      const prefix = file.replace(/^src\/|\.ts$/g, '').replace(/[^a-z0-9]+/g, '_');
      return [[resolve(own, file), exports.map((name) => [name, `${prefix}$${name}`] as const)]];
    }),
  );
}

/** Whole modules are whole: whoever is in none of them, or in another, imports from them by names that tell files apart. */
async function wholes(): Promise<Plugin> {
  const modules = await filesOfWholes();
  const names = await exportsOf([...modules.keys()]);
  const textOf = (file: string, from: string): string => {
    const pairs = (names.get(file) ?? []).map(([name, unique]) =>
      from === file ? `${name} as ${unique}` : `${unique} as ${name}`,
    );
    return `export { ${pairs.join(', ')} } from '${from}';\n`;
  };
  return {
    name: 'wholes',
    setup({ onResolve, onLoad }) {
      onResolve({ filter: /^whole:/ }, ({ path }) => ({ path: path.slice('whole:'.length), namespace: 'whole' }));
      onLoad({ filter: /.*/, namespace: 'whole' }, ({ path }) => {
        const files = [...modules].filter(([, module]) => module === path).map(([file]) => file);
        return { contents: files.map((file) => textOf(file, file)).join(''), resolveDir: source };
      });
      onResolve({ filter: /^[./]/ }, ({ path, importer, namespace, resolveDir }) => {
        const file = resolve(resolveDir, path);
        const module = modules.get(file);
        if (module === undefined || module === (namespace === 'whole' ? importer : modules.get(importer)))
          return undefined;
        return { path: relative(source, file), namespace: `of ${module}` };
      });
      for (const module of Object.keys(WHOLE))
        onLoad({ filter: /.*/, namespace: `of ${module}` }, ({ path }) => ({
          contents: textOf(resolve(source, path), `#bundled/${module}`),
          resolveDir: source,
        }));
    },
  };
}

/** Writes a build, with what its code has to know of where it stands. */
async function write(options: BuildOptions): Promise<void> {
  const { outputFiles, metafile } = await build({ ...COMMON, ...options, metafile: true, write: false });
  for (const { path, text } of outputFiles) {
    mkdirSync(dirname(path), { recursive: true });
    const notices = noticesOf([metafile.outputs[relative(own, path)]]);
    const placed = text.replaceAll(DIST, relative(dirname(path), dist) || '.');
    const isOfMany = /\/(?:bundled|shared)\//.test(path) && text.length > LARGE;
    writeFileSync(path, isOfMany ? keptCompiled(placed, notices) : notices + placed);
  }
}

export async function bundleMinotaur(): Promise<void> {
  removeModules('minotaur');
  const doors = publicEntries()
    .map((entry) => relative(source, entry.source))
    .filter((file) => !file.startsWith('..'));
  const threads = worked();
  const above = [...new Set([...doors, ...PROGRAMS, ...threads.filter((file) => !isBelow(file))])];
  await write({
    entryPoints: [
      ...above.map((file) => ({ in: source + file, out: file.replace(/\.ts$/, '') })),
      ...Object.keys(WHOLE).map((module) => ({ in: `whole:${module}`, out: `bundled/${module}` })),
    ],
    chunkNames: 'shared/[name]-[hash]',
    plugins: [await wholes(), inPlace],
  });
  await write({
    entryPoints: ['node/worker-entry.ts', ...threads.filter(isBelow)].map((file) => source + file),
    chunkNames: 'threads/[name]-[hash]',
    plugins: [inPlace],
  });
}
