/** Bundles, each with the licences of what is in it. */
import { globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build, type BuildOptions, type Metafile } from 'esbuild';

const root = fileURLToPath(new URL('../', import.meta.url));

/** Browsers that have `light-dark()`, which the style sheets use: all of 2024 and later. */
export const BROWSERS = ['chrome123', 'firefox120', 'safari17.5'];

/**
 * How a bundle keeps to the licence of each package in it. `text`: the licence asks for its text in every copy; `name`: so it
 * does, but the package brings none; `header`: the package's code has a header of its own, which stays.
 */
const LICENCES: Readonly<Record<string, 'text' | 'name' | 'header'>> = {
  'fancy-canvas': 'name',
  'lightweight-charts': 'header',
  preact: 'text',
  'preact-render-to-string': 'text',
  'fastest-levenshtein': 'text',
  hyparquet: 'text',
  'hyparquet-writer': 'text',
  yaml: 'text',
  zod: 'text',
};

/** A comment that bundlers leave where it is; empty where the package needs none. */
function noticeOf(name: string): string {
  const kept = LICENCES[name];
  if (kept === undefined) throw new Error(`${name} in a bundle: expected an entry in LICENCES, found none`);
  if (kept === 'header') return '';
  const read = (file: string): string => readFileSync(join(root, 'node_modules', name, file), 'utf8').trim();
  const { version, license, author } = JSON.parse(read('package.json')) as Record<string, string>;
  const [text] = globSync('LICENSE{,.md}', { cwd: join(root, 'node_modules', name) });
  return kept === 'text'
    ? `/*! ${name} ${version}\n${read(text)}\n*/\n`
    : `/*! ${name} ${version}, ${license} licence, ${author} */\n`;
}

/** The notices of all packages that files of a bundle have something of. */
export function noticesOf(outputs: readonly Metafile['outputs'][string][]): string {
  const paths = outputs.flatMap(({ inputs }) => Object.keys(inputs).filter((path) => inputs[path].bytesInOutput > 0));
  const names = paths.flatMap((path) => /.*node_modules\/((?:@[^/]+\/)?[^/]+)\//.exec(path)?.[1] ?? []);
  return [...new Set(names)].sort().map(noticeOf).join('');
}

/** One file, bundled in memory, with the licences of what is in it. */
export async function bundle(entry: string, options: BuildOptions): Promise<string> {
  const { outputFiles, metafile } = await build({
    ...options,
    absWorkingDir: root,
    entryPoints: [entry],
    bundle: true,
    write: false,
    metafile: true,
    charset: 'utf8',
    conditions: ['minotaur-source'],
    legalComments: 'inline',
  });
  return noticesOf(Object.values(metafile.outputs)) + outputFiles[0].text;
}
