/** Any program as a black box: it reads a CSV file and writes one, both named in its command. */
import { execFile } from 'node:child_process';
import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fail, MinotaurError } from 'minotaur-core/internal/base/errors';
import { writeWhole } from '../../files/atomic.ts';
import { csvLines } from '../table/csv.ts';
import { readOutput } from '../table/read-output.ts';
import type { Answer, Asked, Failed, Target } from './target.ts';
import { wordsOf } from './words.ts';

export interface CommandOptions {
  /** With `{in}` and `{out}` in it. */
  readonly command: string;
  /** Seconds that a run may take. */
  readonly timeout: number;
}

/** @throws {MinotaurError} where the command does not say where its files are */
export function openCommand({ command, timeout }: CommandOptions): Target {
  for (const place of ['{in}', '{out}'])
    if (!command.includes(place)) fail('config', '--cmd', `${place} in the command, for the file`, command);
  return {
    name: command,
    ran: [
      ['command', command],
      ['runs', 'each as a process of its own, with a CSV file in and one out'],
    ],
    loading: [],
    isWatched: false,
    run: (asked) => runCommand(wordsOf(command), asked, timeout),
    close: async () => {},
  };
}

async function runCommand(words: readonly string[], asked: Asked, timeout: number): Promise<Answer | Failed> {
  const folder = mkdtempSync(join(tmpdir(), 'minotaur-foreign-'));
  try {
    const [from, to] = [join(folder, 'in.csv'), join(folder, 'out.csv')];
    writeWhole(from, `${csvLines(asked.table).join('\n')}\n`);
    const [program, ...args] = words.map((word) => word.replaceAll('{in}', from).replaceAll('{out}', to));
    const started = performance.now();
    const why = await ending(program, args, asked, timeout);
    if (why !== undefined) return { failed: why };
    const seconds = (performance.now() - started) / 1000;
    if (!existsSync(to)) return { failed: 'it ended well and wrote no file {out}' };
    return await answerIn(to, asked, seconds);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** Why a program did not end well; undefined where it did. */
function ending(
  program: string,
  args: readonly string[],
  { zone, seed }: Asked,
  timeout: number,
): Promise<string | undefined> {
  const env = { ...process.env, TZ: zone, PYTHONHASHSEED: String(seed) };
  return new Promise((resolve) => {
    const options = {
      env,
      timeout: timeout * 1000,
      killSignal: 'SIGKILL',
      maxBuffer: 1 << 24,
      windowsHide: true,
    } as const;
    execFile(program, args, options, (error, _, stderr) => {
      if (error === null) return resolve(undefined);
      if ((error as NodeJS.ErrnoException).code === 'ENOENT') return resolve(`${program}: no such program`);
      if (error.killed === true) return resolve(`no answer within ${timeout} s`);
      const said = stderr.trim().split('\n').at(-1) ?? '';
      const how = typeof error.signal === 'string' ? `ended by ${error.signal}` : `exit code ${error.code}`;
      resolve(said === '' ? how : `${how}: ${said.slice(0, 300)}`);
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
