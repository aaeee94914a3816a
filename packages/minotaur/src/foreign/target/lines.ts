/** A live program: a header and then rows, as lines of CSV, into its stdin; for each a line out of its stdout. */
import { spawn } from 'node:child_process';
import { csvLines } from '../table/csv.ts';
import { settleOutput } from '../table/read-output.ts';
import type { ForeignTable } from '../table/table.ts';
import { endedWith, endGroup, GROUPED } from './group.ts';
import type { Answer, Failed } from './target.ts';
import { wordsOf } from './words.ts';

export interface LiveOptions {
  readonly command: string;
  /** Seconds that it may take over a line. */
  readonly timeout: number;
  /** Whether it is given each line only once it has answered the one before; else all at once. */
  readonly isLive: boolean;
  readonly signal?: AbortSignal | undefined;
}

/** Runs it over a table. */
export async function runLines(
  table: ForeignTable,
  { command, timeout, isLive, signal }: LiveOptions,
): Promise<Answer | Failed> {
  const [program, ...args] = wordsOf(command);
  const child = spawn(program, args, { stdio: ['pipe', 'pipe', 'pipe'], ...GROUPED });
  const unwatched = endedWith(child, signal);
  const lines = csvLines(table);
  const answers: string[] = [];
  const started = performance.now();
  let [rest, said, sent] = ['', '', 0];
  // Live, no row before all that were sent are answered: what it says on its own account opens no way ahead.
  const send = (): void => {
    const open = isLive ? Math.min(answers.length + 1, lines.length) : lines.length;
    while (sent < open) child.stdin.write(`${lines[sent++]}\n`);
  };
  const why = await new Promise<string | undefined>((resolve) => {
    let late: NodeJS.Timeout | undefined;
    const wait = (): void => {
      clearTimeout(late);
      const row = answers.length === 0 ? 'the header' : `row ${answers.length}`;
      late = setTimeout(
        () => resolve(`no line within ${timeout} s for ${row}: is its output written at once?`),
        timeout * 1000,
      );
    };
    child.stdout.on('data', (chunk: Buffer) => {
      const parts = (rest + chunk.toString()).split(/\r?\n/);
      rest = parts.pop() ?? '';
      answers.push(...parts);
      if (answers.length >= lines.length) {
        clearTimeout(late);
        return resolve(undefined);
      }
      wait();
      send();
    });
    child.stderr.on('data', (chunk: Buffer) => (said = (said + chunk.toString()).slice(-1000)));
    child.stdin.on('error', () => {});
    child.on('error', (error) =>
      resolve(`${program}: ${(error as NodeJS.ErrnoException).code === 'ENOENT' ? 'no such program' : error.message}`),
    );
    child.on('close', (code) => {
      clearTimeout(late);
      const last = said.trim().split('\n').at(-1) ?? '';
      resolve(
        `it ended with ${code} after ${answers.length} lines of ${lines.length}${last === '' ? '' : `: ${last}`}`,
      );
    });
    wait();
    send();
  });
  endGroup(child);
  unwatched();
  signal?.throwIfAborted();
  if (why !== undefined) return { failed: why };
  if (answers.length > lines.length) return { failed: `it wrote ${answers.length} lines for ${lines.length}` };
  return answerOf(answers, table, (performance.now() - started) / 1000);
}

function answerOf([header, ...lines]: readonly string[], table: ForeignTable, seconds: number): Answer | Failed {
  const names = header.split(',').map((name) => name.trim());
  const cells: string[][] = names.map(() => []);
  for (const [i, line] of lines.entries()) {
    const parts = line.split(',');
    if (line.trim() !== '' && parts.length !== names.length)
      return { failed: `its line ${i + 2} has ${parts.length} fields, its header ${names.length}` };
    names.forEach((_, k) => cells[k].push((parts[k] ?? '').trim()));
  }
  const named = names.map((name) => (name === table.time ? `${name} given back` : name));
  return { ...settleOutput(named, cells, { time: '', form: table.form, where: 'its lines' }), seconds, seen: [] };
}
