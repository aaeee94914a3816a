/** `problems.jsonl`: one JSON object a line, what was wrong with a trade, or with a range of them, where, and what became of it. */
import { closeSync, openSync, writeSync } from 'node:fs';
import { join } from 'node:path';
import type { Notice } from 'minotaur-core/internal/trades/intake';

/** Its name in a directory. */
export const PROBLEMS = 'problems.jsonl';

/** Bytes of problems held before they are written. */
const BUFFER = 1 << 16;

export interface ProblemFile {
  /** `place` names a row of the notice: file and line, or what else lets a reader go there. */
  add(place: (row: number) => string, notice: Notice): void;
  close(): void;
}

export function createProblemFile(directory: string): ProblemFile {
  let handle = openSync(join(directory, PROBLEMS), 'w');
  let text = '';
  const flush = (): void => {
    if (handle >= 0 && text !== '') writeSync(handle, text);
    text = '';
  };
  return {
    add(place, { problem, row, last, count, handling, expected, found }) {
      const range = count > 1 ? { last: place(last), count } : {};
      text += `${JSON.stringify({ place: place(row), ...range, problem, handling, expected, found })}\n`;
      if (text.length > BUFFER) flush();
    },
    close() {
      flush();
      if (handle >= 0) closeSync(handle);
      handle = -1;
    },
  };
}
