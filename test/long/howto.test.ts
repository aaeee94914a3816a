/**
 * The how-tos run: block by block, down the page, in a folder of its own. A block whose first line is a name in a comment, or that
 * says it behind its language, is that file; YAML is loaded, TypeScript has types, and a program prints the `text` behind it. Python
 * runs where it has the packages that the block needs; where it has not, that is said.
 */
import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { cpSync, existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { after, test, type TestContext } from 'node:test';
import { fileURLToPath } from 'node:url';
import { createEngine } from 'minotaur';
import { loadConfig } from 'minotaur/files';
import { commandLine } from '../in-process.ts';
import { wordsOf } from '../mistakes.ts';
import { typeMistakes } from '../type-mistakes.ts';

const root = fileURLToPath(new URL('../../', import.meta.url));
const documents = join(root, 'docs/howto');
// Beside the packages, so that their names resolve.
mkdirSync(join(root, 'out'), { recursive: true });
const folder = mkdtempSync(join(root, 'out', 'howto-'));
after(() => rmSync(folder, { recursive: true, force: true }));

const PYTHON = process.env['PYTHON'] ?? 'python3';
const FENCED = /^```(\w+)(?: (.+))?\n([\s\S]*?)^```$/gm;
/** `# chain.yaml`, `// own.ts`. */
const NAMED = /^(?:#|\/\/) ([\w.-]+\.\w+)\n/;

interface Block {
  readonly language: string;
  /** Where the block is a file. */
  readonly file: string | undefined;
  /** Packages of Python, or files. */
  readonly needs: readonly string[];
  readonly text: string;
}

const blocksOf = (document: string): Block[] =>
  [...readFileSync(document, 'utf8').matchAll(FENCED)].map(([, language, info = '', text]) => ({
    language,
    file: NAMED.exec(text)?.[1] ?? (/^[\w-]+\.\w+$/.test(info) ? info : undefined),
    needs: info.startsWith('needs=') ? info.slice('needs='.length).split(',') : [],
    text,
  }));

function run(place: string, command: string, args: readonly string[]): string {
  const { status, stdout, stderr } = spawnSync(command, args, { cwd: place, encoding: 'utf8' });
  assert.equal(status, 0, `${command} ${args.join(' ')}\n${stdout}${stderr}`);
  return stdout;
}

/** What is not here of what a block needs. */
const missing = (place: string, needs: readonly string[]): string[] =>
  needs.filter((name) =>
    name.includes('.')
      ? !existsSync(join(place, name))
      : spawnSync(PYTHON, ['-c', `import ${name}`], { encoding: 'utf8' }).status !== 0,
  );

async function runLines(place: string, text: string): Promise<void> {
  for (const line of text.trim().split('\n')) {
    const [command, ...args] = wordsOf(line);
    if (command === 'python') {
      run(place, PYTHON, args);
      continue;
    }
    assert.deepEqual([command, args[0]], ['npx', 'minotaur'], line);
    const { status, stdout, stderr } = await commandLine(place, args.slice(1));
    assert.equal(status, 0, `${line}\n${stdout}${stderr}`);
    assert.notEqual(stdout, '', line);
  }
}

/** Code that stands for what people have already is none of ours, and is only held against the grammar. */
const isForeign = (text: string): boolean => !text.includes('import ');

/** @returns what a program printed; undefined where the block is none. */
async function runBlock(place: string, at: number, { language, file, text }: Block): Promise<string | undefined> {
  const name = file ?? `block-${at}.${language}`;
  if (language !== 'sh') writeFileSync(join(place, name), text);
  switch (language) {
    case 'yaml':
      createEngine((await loadConfig(join(place, name))).config);
      return undefined;
    case 'ts':
      return file === undefined ? run(place, process.execPath, ['--conditions=minotaur-source', name]) : undefined;
    case 'python':
      if (isForeign(text)) run(place, PYTHON, ['-c', `import ast; ast.parse(open(${JSON.stringify(name)}).read())`]);
      else run(place, PYTHON, [name]);
      return undefined;
    case 'sh':
      await runLines(place, text);
      return undefined;
    default:
      return assert.fail(`a block of ${language}`);
  }
}

async function runPage(t: TestContext, page: string): Promise<void> {
  const place = join(folder, page.replace('.md', ''));
  mkdirSync(place);
  if (page.startsWith('pytorch')) cpSync(join(root, 'examples/python'), place, { recursive: true });
  let printed: string | undefined;
  for (const [at, block] of blocksOf(join(documents, page)).entries()) {
    if (block.language === 'text' && block.file === undefined) {
      assert.equal(printed, block.text);
      continue;
    }
    const absent = block.language === 'python' ? missing(place, [...block.needs]) : missing(place, block.needs);
    if (absent.length > 0) t.diagnostic(`${page}, block ${at + 1}: not run, no ${absent.join(', no ')} here`);
    else if (block.language === 'text') writeFileSync(join(place, block.file as string), block.text);
    else printed = await runBlock(place, at, block);
  }
}

const pages = readdirSync(documents).filter((name) => name !== 'README.md');

test('every how-to is linked', () => {
  const list = readFileSync(join(documents, 'README.md'), 'utf8');
  for (const page of pages) assert.ok(list.includes(`](${page})`), page);
  assert.match(readFileSync(join(root, 'README.md'), 'utf8'), /\]\(docs\/howto\/README\.md\)/);
});

test('every expression of the table of calls is one', () => {
  const table = readFileSync(join(documents, 'pandas-and-talib.md'), 'utf8').matchAll(
    /^\| `[^|]+ \| `(\w+\(.*\)(?: as \w+)?)` \|$/gm,
  );
  const expressions = [...table].map(([, expression]) => expression);
  assert.ok(expressions.length > 20);
  createEngine({ clocks: { bar: { bars: 'given' } }, features: { bar: expressions } });
});

for (const page of pages) test(`${page} runs`, (t) => runPage(t, page));

test('every program has types', () => {
  const programs = pages.flatMap((page) => {
    const place = join(folder, page.replace('.md', ''));
    return readdirSync(place)
      .filter((name) => name.endsWith('.ts'))
      .map((name) => join(place, name));
  });
  assert.ok(programs.length > pages.length / 2);
  assert.deepEqual(typeMistakes(programs), []);
});
