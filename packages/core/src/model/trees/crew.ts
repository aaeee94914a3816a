/**
 * Blocks of columns worked on by several threads. Which thread takes which block is chance; what is found is not: every block leaves
 * its results in a place of its own, and the caller reads them in order when all are done.
 */
import { fail } from '../../base/errors.ts';
import { createBlockWork } from './histogram.ts';
import type { Memory } from './kernel.ts';
import { blockCount, viewSpace, type Space, type SpaceSize } from './tree-space.ts';

/** What a thread is handed: everything else lies in the memory. */
export interface CrewTask {
  readonly size: SpaceSize;
  readonly memory: Memory;
}

/** Threads beside the caller's, as the runtime has them. */
export interface Crew {
  /** Starts each of them on {@link serveBlocks}. */
  start(task: CrewTask): void;
}

/** Jobs that were begun; the next block to take; blocks that are done; whether it is over; whether a thread failed. */
const [BEGUN, NEXT, DONE, OVER, FAILED] = [0, 1, 2, 3, 4];
/** No block takes so long: a thread has died. Milliseconds. */
const PATIENCE = 600_000;

/** Takes blocks until none is left. */
function takeBlocks(control: Int32Array, blocks: number, work: (block: number) => void): void {
  for (let block = Atomics.add(control, NEXT, 1); block < blocks; block = Atomics.add(control, NEXT, 1)) {
    work(block);
    if (Atomics.add(control, DONE, 1) + 1 === blocks) Atomics.notify(control, DONE);
  }
}

/** A thread's whole life: blocks of one job after another, until it is over. */
export function serveBlocks({ size, memory }: CrewTask): void {
  const space = viewSpace(size, memory);
  const { control } = space;
  const work = createBlockWork(space);
  let begun = 0;
  while (Atomics.load(control, OVER) === 0) {
    Atomics.wait(control, BEGUN, begun);
    begun = Atomics.load(control, BEGUN);
    try {
      if (Atomics.load(control, OVER) === 0) takeBlocks(control, blockCount(size), work);
    } catch (error) {
      Atomics.store(control, FAILED, 1);
      // Changed too: a caller that has looked at FAILED and does not wait yet would sleep on. Below 0 it never counts as all.
      Atomics.sub(control, DONE, blockCount(size));
      Atomics.notify(control, DONE);
      throw error;
    }
  }
}

export interface Foreman {
  /** Has all blocks of the job that was written done. */
  run(): void;
  /** Sends the threads home. */
  end(): void;
}

/** Works on blocks itself and, where there is a crew, has it do so beside. */
export function createForeman(space: Space, crew: Crew | undefined): Foreman {
  const { control, size, memory } = space;
  const blocks = blockCount(size);
  const work = createBlockWork(space);
  if (crew === undefined || blocks === 1) {
    const run = (): void => {
      for (let block = 0; block < blocks; block++) work(block);
    };
    return { run, end: () => undefined };
  }
  crew.start({ size, memory });
  return {
    run() {
      // In this order: a thread that wakes late from the job before may take a block as soon as there is a next one.
      Atomics.store(control, DONE, 0);
      Atomics.store(control, NEXT, 0);
      Atomics.add(control, BEGUN, 1);
      Atomics.notify(control, BEGUN);
      takeBlocks(control, blocks, work);
      for (let done = Atomics.load(control, DONE); done < blocks; done = Atomics.load(control, DONE)) {
        const failed = Atomics.load(control, FAILED) === 1;
        if (failed || Atomics.wait(control, DONE, done, PATIENCE) === 'timed-out') {
          const found = failed ? 'a thread that failed' : `${done} of ${blocks}`;
          fail('internal', 'trees', 'every block done by the thread that took it', found);
        }
      }
    },
    end() {
      Atomics.store(control, OVER, 1);
      Atomics.add(control, BEGUN, 1);
      Atomics.notify(control, BEGUN);
    },
  };
}
