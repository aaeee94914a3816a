/** Threads for trees: each works on blocks of columns in a memory that it shares with the caller. */
import { serveBlocks, type Crew, type CrewTask } from 'minotaur-core/internal/model/trees/crew';
import { runInWorker } from './worker.ts';

/** A crew of this process. */
export interface TreeCrew extends Crew {
  /**
   * Once training is over, or failed.
   * @throws what a thread threw
   */
  ended(): Promise<void>;
}

/** `threads` of them beside the caller's. */
export function createTreeCrew(threads: number): TreeCrew {
  const lives: Promise<void>[] = [];
  return {
    start(task) {
      for (let i = 0; i < threads; i++) lives.push(runInWorker(import.meta.url, { serveTreeBlocks }, task));
    },
    ended: async () => {
      await Promise.all(lives);
    },
  };
}

/** What such a thread does, found by name. @public */
export function serveTreeBlocks(task: CrewTask): Promise<void> {
  serveBlocks(task);
  return Promise.resolve();
}
