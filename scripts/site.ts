/**
 * Builds the documentation site into out/site: `npm run site`. What follows `--` goes to VitePress (`--base /minotaur/` where the
 * site is not at the root of its host). Its packages are those of site/, installed when they are not what its lock file says.
 */
import { execFileSync } from 'node:child_process';
import { cpSync, existsSync, globSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { prepare } from './site/prepare.ts';

const started = performance.now();
const root = fileURLToPath(new URL('../', import.meta.url));
const at = (path: string): string => join(root, path);

/** npm leaves what it installed beside the packages. */
function isInstalled(): boolean {
  const left = at('site/node_modules/.package-lock.json');
  return existsSync(left) && statSync(left).mtimeMs >= statSync(at('site/package-lock.json')).mtimeMs;
}

if (!isInstalled())
  execFileSync('npm', ['ci', '--prefix', at('site'), '--no-audit', '--no-fund'], { stdio: 'inherit' });

// A page where visitors drop files of their own is built elsewhere, if it is.
const hasTry = existsSync(at('out/try/index.html'));
const pages = await prepare({ root, pages: at('out/site-pages'), hasTry });
const vitepress = at('site/node_modules/vitepress/bin/vitepress.js');
execFileSync(process.execPath, [vitepress, 'build', at('site'), ...process.argv.slice(2)], {
  cwd: root,
  stdio: 'inherit',
});
if (hasTry) cpSync(at('out/try'), at('out/site/try'), { recursive: true });
else console.log('out/try is not there: the site is without /try/');

const files = globSync('out/site/**/*', { cwd: root }).filter((path) => statSync(at(path)).isFile());
const bytes = files.reduce((sum, path) => sum + statSync(at(path)).size, 0);
const seconds = ((performance.now() - started) / 1000).toFixed(0);
console.log(`out/site: ${pages} pages, ${files.length} files, ${(bytes / 1e6).toFixed(1)} MB, ${seconds} s`);
