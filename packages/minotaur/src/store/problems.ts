/** `problems.jsonl`: one JSON object a line, what was wrong with a trade, where, and what became of it. */
import { closeSync, openSync, writeSync } from 'node:fs';
import { join } from 'node:path';
import type { Notice } from 'minotaur-core/internal/trades/intake';

/** Its name in a directory. */
export const PROBLEMS = 'problems.jsonl';

/** Bytes of problems held before they are written. */
const BUFFER = 1 << 16;

export interface ProblemFile {
  /** `place`: file and line, or what else lets a reader go there. */
  add(place: string, notice: Notice): void;
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
    add(place, { problem, handling, expected, found }) {
      text += `${JSON.stringify({ place, problem, handling, expected, found })}\n`;
      if (text.length > BUFFER) flush();
    },
    close() {
      flush();
      if (handle >= 0) closeSync(handle);
      handle = -1;
    },
  };
}
