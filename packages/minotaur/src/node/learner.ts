/**
 * Columns learned by threads beside the caller's. The caller puts the training values of a column into a room that all share and says
 * so; any thread takes them, and sends back what it learned.
 */
import { availableParallelism } from 'node:os';
import {
  learnTraining,
  type ColumnToLearn,
  type CreateLearner,
  type Learner,
  type Learnt,
} from 'minotaur-core/internal/artefact/learner';
import { streamFromWorker } from './worker.ts';

/** Columns that wait or are worked at, for each thread. */
const ROOMS_A_THREAD = 2;
/** Bytes of all rooms together, unless one alone takes more: of many rows there are fewer rooms, not more memory on more processors. */
const MOST_BYTES = 268_435_456;
/** Words of the control block: how often something happened, whether it is over, and for each room the column in it plus 1. */
const [HAPPENED, OVER, FIRST] = [0, 1, 2];

interface Task {
  readonly columns: readonly ColumnToLearn[];
  readonly control: SharedArrayBuffer;
  readonly rooms: readonly SharedArrayBuffer[];
}

interface Waiting {
  readonly resolve: (learnt: Learnt) => void;
  readonly reject: (error: unknown) => void;
}

interface FromThread extends Learnt {
  readonly room: number;
}

/** A learner with as many threads as there are processors beside the caller's, one at least. */
export const createThreadedLearner: CreateLearner = (columns, rows) =>
  createLearnerOf(Math.max(1, availableParallelism() - 1), columns, rows);

/** How many rooms there are for so many threads. */
export const roomCount = (threads: number, rows: number): number =>
  Math.max(1, Math.min(ROOMS_A_THREAD * threads, Math.floor(MOST_BYTES / (8 * Math.max(1, rows)))));

/** The same with so many threads, but none that would never have a room. */
export function createLearnerOf(most: number, columns: readonly ColumnToLearn[], rows: number): Learner {
  const rooms = Array.from({ length: roomCount(most, rows) }, () => new SharedArrayBuffer(8 * rows));
  const threads = Math.min(most, rooms.length);
  const control = new Int32Array(new SharedArrayBuffer(4 * (FIRST + rooms.length)));
  const task: Task = { columns, control: control.buffer, rooms };
  const views = rooms.map((room) => new Float64Array(room));
  const free = views.map((_, k) => k);
  const waiting = new Map<number, Waiting>();
  /** Whoever waits for a room. */
  let onFree = (): void => undefined;
  const wake = (): void => {
    Atomics.add(control, HAPPENED, 1);
    Atomics.notify(control, HAPPENED);
  };
  const collect = async (): Promise<void> => {
    try {
      for await (const { room, ...learnt } of streamFromWorker(
        import.meta.url,
        { learnShared },
        task,
        rooms.length + 1,
      )) {
        free.push(room);
        waiting.get(room)?.resolve(learnt);
        onFree();
      }
    } catch (error) {
      for (const { reject } of waiting.values()) reject(error);
      throw error;
    }
  };
  const lives = Array.from({ length: threads }, collect);
  // Said by whoever waits for a column, and by `end`.
  for (const life of lives) life.catch(() => undefined);
  return {
    async room() {
      while (free.length === 0) {
        const freed = new Promise<void>((resolve) => (onFree = resolve));
        await Promise.race([freed, ...lives]);
      }
      return views[free[free.length - 1]];
    },
    learn(values, k) {
      const room = views.findIndex((view) => view === values);
      free.splice(free.indexOf(room), 1);
      return new Promise((resolve, reject) => {
        waiting.set(room, { resolve, reject });
        Atomics.store(control, FIRST + room, k + 1);
        wake();
      });
    },
    async end() {
      Atomics.store(control, OVER, 1);
      wake();
      await Promise.all(lives);
    },
  };
}

/** What such a thread does, found by name: learns the column of any room that has one, until it is over. @public */
export async function* learnShared({ columns, control: shared, rooms }: Task): AsyncGenerator<FromThread> {
  const control = new Int32Array(shared);
  const views = rooms.map((room) => new Float64Array(room));
  const take = (room: number): number => {
    const found = Atomics.load(control, FIRST + room);
    return found > 0 && Atomics.compareExchange(control, FIRST + room, found, 0) === found ? found - 1 : -1;
  };
  for (;;) {
    const happened = Atomics.load(control, HAPPENED);
    const over = Atomics.load(control, OVER) === 1;
    for (let room = 0; room < rooms.length; room++) {
      const k = take(room);
      if (k >= 0) yield { room, ...learnTraining(columns[k], views[room]) };
    }
    if (over) return;
    Atomics.wait(control, HAPPENED, happened);
  }
}
