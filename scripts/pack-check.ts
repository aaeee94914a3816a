/**
 * What users get: both packages packed, installed into an empty project, type-checked there and run. With --long on every
 * supported version of Node, and without optional dependencies.
 */
import { execFileSync, spawnSync } from 'node:child_process';
import { globSync, mkdirSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { publicEntries } from './api/entries.ts';

/** Bytes that an installation of minotaur-core alone may take, zod and all. */
const CORE_LIMIT = 15_000_000;

const root = fileURLToPath(new URL('../', import.meta.url));
const tsc = createRequire(import.meta.url).resolve('typescript/bin/tsc');
const { devDependencies } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as {
  devDependencies: Record<string, string>;
};
const long = process.argv.includes('--long');
const nodes = long ? ['node22', 'node'] : ['node'];
const scratch = mkdtempSync(join(tmpdir(), 'minotaur-pack-'));
process.on('exit', () => rmSync(scratch, { recursive: true, force: true }));

const npm = (cwd: string, ...args: readonly string[]): string =>
  execFileSync('npm', [...args, '--no-audit', '--no-fund', '--ignore-scripts', '--prefer-offline'], {
    cwd,
    encoding: 'utf8',
    stdio: ['ignore', 'pipe', 'inherit'],
  });

/** The tarball of a package, which holds what it should and nothing else. */
function pack(folder: string): string {
  const text = npm(root, 'pack', '--workspace', `packages/${folder}`, '--pack-destination', scratch, '--json');
  const [{ filename, files, size }] = JSON.parse(text) as [
    { filename: string; size: number; files: { path: string }[] },
  ];
  const paths = files.map(({ path }) => path);
  for (const name of ['README.md', 'LICENSE']) if (!paths.includes(name)) throw new Error(`${folder}: no ${name}`);
  const strange = paths.filter(
    (path) => /\.test\.|tsbuildinfo/.test(path) || (/(?<!\.d)\.tsx?$/.test(path) && !path.startsWith('examples/')),
  );
  if (strange.length > 0) throw new Error(`${folder}: packs ${strange.join(', ')}`);
  console.log(`${folder}: ${paths.length} files, ${(size / 1000).toFixed(0)} kB packed`);
  return join(scratch, filename);
}

/** Fields that publishing with provenance wants, and what they have to be. */
const PUBLISHED = { publishConfig: { access: 'public', provenance: true }, license: 'Apache-2.0', type: 'module' };
/** Fields that say where a package lives; without an address there is none to say. */
const PLACES = ['repository', 'homepage', 'bugs'];
/** No registry answers here, and none is to be asked. */
const NOWHERE = 'http://127.0.0.1:9/';

/** Everything that publishing does up to the registry, and what the package says of itself. */
function tryToPublish(folder: string): void {
  const where = join(root, 'packages', folder);
  const manifest = JSON.parse(readFileSync(join(where, 'package.json'), 'utf8')) as Record<string, unknown>;
  for (const [name, expected] of Object.entries(PUBLISHED))
    if (JSON.stringify(manifest[name]) !== JSON.stringify(expected))
      throw new Error(
        `${folder}: expected ${name} ${JSON.stringify(expected)}, found ${JSON.stringify(manifest[name])}`,
      );
  for (const name of ['description', 'exports', 'files', 'keywords'])
    if (manifest[name] === undefined) throw new Error(`${folder}: no ${name}`);
  const args = ['publish', '--dry-run', '--ignore-scripts', '--registry', NOWHERE, '--fetch-retries=0'];
  const { status, stderr } = spawnSync('npm', args, { cwd: where, encoding: 'utf8' });
  if (status !== 0 || /auto-corrected|errors? corrected/.test(stderr))
    throw new Error(`${folder}: npm ${args.join(' ')}: ${stderr}`);
  const absent = PLACES.filter((name) => manifest[name] === undefined);
  const note = absent.length === 0 ? '' : `; not set: ${absent.join(', ')} (no address is known)`;
  console.log(`${folder}: could be published${note}`);
}

interface Project {
  readonly name: string;
  readonly packages: readonly string[];
  /** Type packages that the project has; core needs none. */
  readonly types: readonly string[];
  readonly omit?: string;
}

/** An empty project with the packages; returns its folder. */
function install({ name, packages, types, omit }: Project): string {
  const folder = join(scratch, name);
  mkdirSync(folder);
  writeFileSync(join(folder, 'package.json'), '{ "name": "empty", "private": true, "type": "module" }\n');
  const wanted = types.map((type) => `@types/${type}@${devDependencies[`@types/${type}`]}`);
  npm(folder, 'install', ...packages, ...wanted, ...(omit === undefined ? [] : [`--omit=${omit}`]));
  const bytes = sizeOf(
    folder,
    types.map((type) => join('@types', type)),
  );
  console.log(`${name}: ${(bytes / 1e6).toFixed(1)} MB installed`);
  if (name === 'core' && bytes > CORE_LIMIT)
    throw new Error(`minotaur-core takes ${bytes} bytes, more than ${CORE_LIMIT}`);
  return folder;
}

function sizeOf(folder: string, without: readonly string[]): number {
  return globSync('node_modules/**/*', { cwd: folder, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name))
    .filter((path) => !without.some((part) => path.includes(part)))
    .reduce((sum, path) => sum + statSync(path).size, 0);
}

/** Type-checks a program that imports every path, libraries included, as both ways of resolving see it. */
function typeCheck(folder: string, types: readonly string[]): void {
  for (const module of ['nodenext', 'preserve']) {
    const compilerOptions = {
      target: 'es2023',
      lib: ['es2023', ...(types.includes('node') ? [] : ['webworker'])],
      module,
      types,
      strict: true,
      exactOptionalPropertyTypes: true,
      skipLibCheck: false,
      noEmit: true,
    };
    writeFileSync(join(folder, 'tsconfig.json'), JSON.stringify({ compilerOptions, files: ['program.ts'] }));
    execFileSync(process.execPath, [tsc, '-p', folder], { stdio: 'inherit' });
  }
}

/** Imports every path, and runs a chain. */
function programOf(entries: readonly string[]): string {
  const imports = entries.map((entry, i) => `import * as entry${i} from '${entry}';`).join('\n');
  const names = entries.map((_, i) => `entry${i}`);
  return `${imports}
import { createEngine, restoreEngine, type Trade } from '${entries[0]}';

for (const entry of [${names.join(', ')}]) if (Object.keys(entry).length === 0) throw new Error('exports nothing');
const trade = (i: number): Trade => ({ time: 1.7e15 + i * 1e5, id: i, price: 60_000 + (i % 7), quantity: 1, buyerMaker: i % 3 === 0 });
let rows = 0;
const engine = createEngine('minotaur', { onRows: ({ count }) => { rows += count; } });
for (let i = 1; i <= 200; i++) engine.push(trade(i));
const again = restoreEngine('minotaur', engine.snapshot());
if (rows !== 5 || again.counts().trades !== 200) throw new Error(\`\${rows} rows, \${again.counts().trades} trades\`);
`;
}

function runProgram(folder: string): void {
  for (const node of nodes) {
    const binary = join(root, 'node_modules', node, 'bin/node');
    execFileSync(binary, ['program.ts'], { cwd: folder, stdio: 'inherit' });
    console.log(`  runs on Node ${execFileSync(binary, ['--version'], { encoding: 'utf8' }).trim()}`);
  }
}

/** History and live by the command line, with one digest. */
function runCommands(folder: string): void {
  const trades = 'trades.csv.gz';
  for (const node of nodes) {
    const minotaur = (...args: readonly string[]): string =>
      execFileSync(join(root, 'node_modules', node, 'bin/node'), ['node_modules/minotaur/bin/minotaur.js', ...args], {
        cwd: folder,
        encoding: 'utf8',
      });
    minotaur('simulate', '--trades', '20000', '--seed', '1', '--out', trades);
    const digests = ['build', 'replay'].map((command) => {
      const options = ['--trades', trades, '--config', 'minotaur', '--out', `${command}-${node}`, '--json'];
      return (JSON.parse(minotaur(command, ...options)) as { digest: string }).digest;
    });
    if (digests[0] !== digests[1]) throw new Error(`build gives ${digests[0]}, replay ${digests[1]}`);
  }
}

/** A folder above may have them too, and then nothing is tried here. */
function requireAbsent(folder: string): void {
  const { resolve } = createRequire(join(folder, 'program.ts'));
  for (const name of ['@duckdb/node-api', 'onnxruntime-node']) {
    let found: string;
    try {
      found = resolve(name);
    } catch {
      continue;
    }
    throw new Error(`${name} resolves to ${found}`);
  }
}

function check(project: Project, entries: readonly string[]): void {
  const folder = install(project);
  writeFileSync(join(folder, 'program.ts'), programOf(entries));
  if (project.omit === undefined) typeCheck(folder, project.types);
  else requireAbsent(folder);
  runProgram(folder);
  if (entries.includes('minotaur')) runCommands(folder);
}

const names = publicEntries().map(({ name }) => name);
const ofCore = names.filter((name) => name.startsWith('minotaur-core'));
const ofMinotaur = names.filter((name) => !ofCore.includes(name));
const [core, minotaur] = ['core', 'minotaur'].map((folder) => {
  tryToPublish(folder);
  return pack(folder);
});
check({ name: 'core', packages: [core], types: [] }, ofCore);
check({ name: 'minotaur', packages: [core, minotaur], types: ['node'] }, ofMinotaur);
if (long) check({ name: 'without-optional', packages: [core, minotaur], types: [], omit: 'optional' }, ofMinotaur);
