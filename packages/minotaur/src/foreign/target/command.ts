/** Any program as a black box: it reads a CSV file and writes one, both named in its command. */
import { spawn } from 'node:child_process';
import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fail, MinotaurError } from 'minotaur-core/internal/base/errors';
import { writeWhole } from '../../files/atomic.ts';
import { csvLines } from '../table/csv.ts';
import { readOutput } from '../table/read-output.ts';
import { endedWith, endGroup, GROUPED } from './group.ts';
import type { Answer, Asked, Failed, Target } from './target.ts';
import { wordsOf } from './words.ts';

export interface CommandOptions {
  /** With `{in}` and `{out}` in it. */
  readonly command: string;
  /** Seconds that a run may take. */
  readonly timeout: number;
  readonly signal?: AbortSignal | undefined;
}

/** @throws {MinotaurError} where the command does not say where its files are */
export function openCommand({ command, timeout, signal }: CommandOptions): Target {
  for (const place of ['{in}', '{out}'])
    if (!command.includes(place)) fail('config', '--cmd', `${place} in the command, for the file`, command);
  const running = new Set<Promise<unknown>>();
  return {
    name: command,
    ran: [
      ['command', command],
      ['runs', 'each as a process of its own, with a CSV file in and one out'],
    ],
    loading: [],
    isWatched: false,
    run(asked) {
      const run = runCommand(wordsOf(command), asked, { timeout, signal });
      running.add(run);
      void run.catch(() => {}).finally(() => running.delete(run));
      return run;
    },
    // A run that is stopped still has its folder to put away.
    close: async () => void (await Promise.allSettled(running)),
  };
}

type Limits = Pick<CommandOptions, 'timeout' | 'signal'>;

async function runCommand(words: readonly string[], asked: Asked, limits: Limits): Promise<Answer | Failed> {
  const folder = mkdtempSync(join(tmpdir(), 'minotaur-foreign-'));
  try {
    const [from, to] = [join(folder, 'in.csv'), join(folder, 'out.csv')];
    writeWhole(from, `${csvLines(asked.table).join('\n')}\n`);
    const [program, ...args] = words.map((word) => word.replaceAll('{in}', from).replaceAll('{out}', to));
    const started = performance.now();
    const why = await ending(program, args, asked, limits);
    limits.signal?.throwIfAborted();
    if (why !== undefined) return { failed: why };
    const seconds = (performance.now() - started) / 1000;
    if (!existsSync(to)) return { failed: 'it ended well and wrote no file {out}' };
    return await answerIn(to, asked, seconds);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** Seeds of hashes that Python takes: 32 bits. */
const HASH_SEEDS = 2 ** 32;

/** Why a program did not end well; undefined where it did. */
function ending(
  program: string,
  args: readonly string[],
  { zone, seed }: Asked,
  { timeout, signal }: Limits,
): Promise<string | undefined> {
  const env = { ...process.env, TZ: zone, PYTHONHASHSEED: String(seed % HASH_SEEDS) };
  return new Promise((resolve) => {
    const child = spawn(program, args, { env, stdio: ['ignore', 'ignore', 'pipe'], ...GROUPED });
    const unwatched = endedWith(child, signal);
    let [said, isLate] = ['', false];
    const late = setTimeout(() => {
      isLate = true;
      endGroup(child);
      child.stderr.destroy();
    }, timeout * 1000);
    const over = (why: string | undefined): void => {
      clearTimeout(late);
      unwatched();
      resolve(why);
    };
    child.stderr.on('data', (chunk: Buffer) => (said = (said + chunk.toString()).slice(-2000)));
    child.on('error', (error) =>
      over(`${program}: ${(error as NodeJS.ErrnoException).code === 'ENOENT' ? 'no such program' : error.message}`),
    );
    // What it left running would hold its outputs open, and go on.
    child.on('exit', () => endGroup(child));
    child.on('close', (code, by) => {
      if (isLate) return over(`no answer within ${timeout} s`);
      if (code === 0) return over(undefined);
      const last = said.trim().split('\n').at(-1) ?? '';
      const how = by === null ? `exit code ${code}` : `ended by ${by}`;
      over(last === '' ? how : `${how}: ${last.slice(0, 300)}`);
    });
  });
}

async function answerIn(file: string, { table }: Asked, seconds: number): Promise<Answer | Failed> {
  try {
    const out = await readOutput(file, table.time, table.form);
    if (out.time === undefined && out.rows !== table.rows)
      return {
        failed: `it wrote ${out.rows} rows for ${table.rows}, without the column ${table.time} to place them by`,
      };
    return { ...out, seconds, seen: [] };
  } catch (error) {
    if (error instanceof MinotaurError) return { failed: `its file cannot be read: ${error.facts.found}` };
    throw error;
  }
}
