/** What was amiss on the last day, beside a journal: a session that goes on shows what the ones before it went through. */
import { appendFileSync, existsSync, readFileSync, statSync, utimesSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Continuity, Span } from '../publication/continuity.ts';

const NAME = 'continuity.jsonl';
const DAY = 86_400_000_000;

/** A session began or ended. */
interface Mark {
  readonly session: 'began' | 'ended';
  readonly time: number;
}

type Line = Span | Mark;

export interface ContinuityFile {
  /** From when on there is something on file. */
  readonly since: number;
  /** The session runs: to be said every second, in the file's own time. */
  alive(time: number): void;
  /** The session ends as it should. */
  end(time: number): void;
}

/** A line that a crash cut off is none. */
function linesOf(path: string): readonly Line[] {
  if (!existsSync(path)) return [];
  return readFileSync(path, 'utf8')
    .split('\n')
    .flatMap((text) => {
      try {
        return [JSON.parse(text) as Line];
      } catch {
        return [];
      }
    });
}

const timeOf = (line: Line): number => ('session' in line ? line.time : (line.to ?? line.from));

export interface ContinuityFileOptions {
  /** Microseconds. */
  readonly now: number;
  readonly onFailed: (error: unknown) => void;
}

/**
 * Puts what is on file in `directory` into `continuity`, with the time in which no session ran, and writes what comes to be over.
 * What cannot be written is told once, and harms nothing else.
 */
export function openContinuityFile(
  directory: string,
  continuity: Continuity,
  { now, onFailed }: ContinuityFileOptions,
): ContinuityFile {
  const path = join(directory, NAME);
  // A session that was killed did not say when.
  const lastAlive = existsSync(path) ? 1000 * statSync(path).mtimeMs : 0;
  const lines = linesOf(path).filter((line) => timeOf(line) > now - DAY);
  const marks = lines.filter((line) => 'session' in line);
  const last = marks.at(-1);
  for (const line of lines) if (!('session' in line)) continuity.add(line);
  let failed = false;
  const write = (run: () => void): void => {
    if (failed) return;
    try {
      run();
    } catch (error) {
      failed = true;
      onFailed(error);
    }
  };
  const append = (line: Line): void => write(() => appendFileSync(path, `${JSON.stringify(line)}\n`));
  write(() => writeFileSync(path, lines.map((line) => `${JSON.stringify(line)}\n`).join('')));
  continuity.onOver = append;
  append({ session: 'began', time: now });
  if (last !== undefined) {
    const killed = last.session === 'began';
    const from = Math.min(now, killed ? Math.max(last.time, lastAlive) : last.time);
    const why = killed ? 'killed' : 'ended as told';
    continuity.add({ kind: 'ended', instrument: '', from, to: now, ids: null, trades: null, why });
  }
  return {
    since: marks[0]?.time ?? now,
    alive: (time) => write(() => utimesSync(path, time / 1e6, time / 1e6)),
    end: (time) => append({ session: 'ended', time }),
  };
}
