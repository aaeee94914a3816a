/** The account of problems, as a page lists it. */
import { createReadStream, existsSync } from 'node:fs';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import type { ViewedProblem } from '#view';
import { PROBLEMS } from '../store/problems.ts';

/** Of them, so many are listed. */
const LISTED = 1000;
const TIME = /\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.\d+)?Z/;

export interface ProblemList {
  /** The first. */
  readonly listed: readonly ViewedProblem[];
  /** How many lines there are. */
  readonly total: number;
}

export async function readProblems(directory: string): Promise<ProblemList> {
  const path = join(directory, PROBLEMS);
  if (!existsSync(path)) return { listed: [], total: 0 };
  const listed: ViewedProblem[] = [];
  let total = 0;
  for await (const line of createInterface({ input: createReadStream(path), crlfDelay: Infinity })) {
    if (line === '') continue;
    total++;
    if (listed.length < LISTED) listed.push(problemIn(line));
  }
  return { listed, total };
}

function problemIn(line: string): ViewedProblem {
  type Line = Omit<ViewedProblem, 'count' | 'time'> & { readonly count?: number };
  const { place, problem, handling, expected, found, count = 1 } = JSON.parse(line) as Line;
  return { place, problem, handling, expected, found, count, time: timeIn(found) ?? timeIn(expected) };
}

/** Microseconds of the first time that a message names. */
function timeIn(text: string): number | null {
  const found = TIME.exec(text)?.[0];
  return found === undefined ? null : Date.parse(found) * 1000;
}
