/**
 * The tests of `npm test`: files in groups, a process for each group, a few side by side. A process for each file would spend most
 * of its time on loading what the last one had; one for all would leave cores without work.
 */
import { spawn } from 'node:child_process';
import { globSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { addTally, describeTally, emptyTally, type Tally } from './tally.ts';

/** Those of whole commands, which take longest, first. */
const FILES = ['test/*.test.ts', 'test/{golden,laws,service}/**/*.test.ts', 'packages/*/src/**/*.test.ts'];
/** They count what is reached, which holds for code that nothing has run before, and slows down all that runs after. */
const APART = 'test/fuzz/**/*.test.ts';
const GROUPS = 12;
const SIDE_BY_SIDE = 4;

const folder = mkdtempSync(join(tmpdir(), 'minotaur-tally-'));

/** Prints what the group prints, once it has ended, and answers what it came to. */
async function runGroup(files: readonly string[], number: number): Promise<Tally> {
  const tally = join(folder, `${number}.json`);
  const child = spawn(
    process.execPath,
    [
      '--conditions=minotaur-source',
      '--test',
      '--test-isolation=none',
      '--test-timeout=300000',
      '--test-reporter=spec',
      '--test-reporter-destination=stdout',
      '--test-reporter=./scripts/tally-reporter.ts',
      `--test-reporter-destination=${tally}`,
      ...files,
    ],
    {
      env: { ...process.env, NODE_COMPILE_CACHE: join(process.cwd(), 'out/compile-cache') },
      stdio: ['ignore', 'pipe', 'pipe'],
    },
  );
  let text = '';
  for (const stream of [child.stdout, child.stderr]) stream.on('data', (chunk) => (text += String(chunk)));
  const code = await new Promise<number | null>((resolve, reject) => {
    child.on('error', reject);
    child.on('close', resolve);
  });
  process.stdout.write(text);
  return read(tally, code, files);
}

/** A process that fails beside its tests, or ends before them, is a failure too. */
function read(file: string, code: number | null, files: readonly string[]): Tally {
  let tally = emptyTally();
  try {
    tally = JSON.parse(readFileSync(file, 'utf8')) as Tally;
  } catch {
    code ??= 1;
  }
  if (code === 0 || tally.failed > 0) return tally;
  return { ...tally, failed: 1, failures: [`a process of tests ended with ${code}: ${files.join(' ')}`] };
}

/** Neighbours, which take alike, into different groups. */
function groupsOf(files: readonly string[]): string[][] {
  const groups: string[][] = Array.from({ length: GROUPS }, () => []);
  files.forEach((file, i) => groups[i % GROUPS].push(file));
  return groups;
}

const total = emptyTally();
const groups = [globSync(APART), ...groupsOf(FILES.flatMap((pattern) => globSync(pattern).sort()))].entries();

async function work(): Promise<void> {
  for (const [number, files] of groups) addTally(total, await runGroup(files, number));
}

try {
  await Promise.all(Array.from({ length: SIDE_BY_SIDE }, work));
} finally {
  rmSync(folder, { recursive: true, force: true });
}
process.stdout.write(describeTally(total));
process.exitCode = total.failed === 0 ? 0 : 1;
