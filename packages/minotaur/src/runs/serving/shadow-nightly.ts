/** Every day, the day before against the venue's file of it: again while that is not published, and where it is issued anew. */
import { readdirSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { writeWhole } from '../../files/atomic.ts';
import { makeDirectory } from '../../node/writing.ts';
import { dayDue } from '../../service/night/schedule.ts';
import type { Surroundings } from '../../venues/wire/surroundings.ts';
import { compareDay, shadowFolder, type ShadowDay, type ShadowTask } from './shadow-day.ts';

/** Milliseconds until the clock is looked at again, and until what did not work is tried again. */
const LOOK = 30_000;
const AGAIN = 900_000;

export interface NightlyOrder {
  readonly task: Omit<ShadowTask, 'day' | 'folder' | 'isCompared'>;
  /** Microseconds since midnight, UTC. */
  readonly at: number;
  readonly around: Surroundings;
  /** What came of a day, each time that it is something else; first of all the newest that is on record. */
  readonly onDay: (day: ShadowDay) => void;
  readonly look?: number | undefined;
  readonly again?: number | undefined;
}

export interface Nightly {
  /** Whether the journal is being read. */
  readonly isRunning: boolean;
  /** Once what is running has ended. */
  stop(): Promise<void>;
}

/** Begins at once with a day that is due and has no result. */
export function startNightly(order: NightlyOrder): Nightly {
  const { task, at, around, onDay, look = LOOK, again = AGAIN } = order;
  const folder = shadowFolder(task.journal);
  makeDirectory(folder);
  const stopping = new AbortController();
  let last = newestResult(folder);
  let tryAt = -Infinity;
  let running: Promise<void> | undefined;
  let off = (): void => {};
  const tell = (found: ShadowDay): void => {
    const isNews = found.day !== last?.day || found.words !== last.words || found.ok !== last.ok;
    last = found;
    if (isNews) onDay(found);
  };
  const run = async (day: string): Promise<void> => {
    const isCompared = last?.day === day && last.outcome === 'compared';
    try {
      const found = await compareDay({ ...task, day, folder, isCompared }, stopping.signal);
      if (found.outcome === 'same') return;
      if (found.outcome === 'compared' || found.outcome === 'nothing') keep(folder, found);
      tell(found);
    } catch (error) {
      if (stopping.signal.aborted) return;
      tell({
        day,
        ok: null,
        rows: 0,
        words: error instanceof Error ? error.message : String(error),
        outcome: 'failed',
      });
    }
  };
  const turn = (): void => {
    const day = dayDue(around.wall(), at);
    const isDone = last?.day === day && (last.ok === true || last.outcome === 'nothing');
    if (last?.day !== day && running === undefined && tryAt > around.now()) tryAt = -Infinity;
    if (!isDone && running === undefined && around.now() >= tryAt) {
      running = run(day).finally(() => {
        running = undefined;
        tryAt = around.now() + again;
      });
    }
    off = around.later(look, turn);
  };
  if (last !== undefined) onDay(last);
  turn();
  return {
    get isRunning() {
      return running !== undefined;
    },
    async stop() {
      off();
      stopping.abort();
      await running;
    },
  };
}

const DAY = /^(\d{4}-\d\d-\d\d)\.json$/;

/** Undefined where there is none. */
function newestResult(folder: string): ShadowDay | undefined {
  const name = readdirSync(folder)
    .filter((file) => DAY.test(file))
    .sort()
    .at(-1);
  return name === undefined ? undefined : (JSON.parse(readFileSync(join(folder, name), 'utf8')) as ShadowDay);
}

/** The result; the venues' files are kept where they are evidence. */
function keep(folder: string, result: ShadowDay): void {
  writeWhole(join(folder, `${result.day}.json`), `${JSON.stringify(result)}\n`);
  if (result.ok !== true) return;
  for (const file of readdirSync(folder, { recursive: true, encoding: 'utf8' }))
    if (file.includes(result.day) && !DAY.test(file)) rmSync(join(folder, file));
}
