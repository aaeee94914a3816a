/** One symbol of a build, in a thread of its own. */
import { parentPort, workerData } from 'node:worker_threads';
import { MinotaurError } from 'minotaur-core/internal/base/errors';
import { runTask, type BuildReply, type BuildTask } from './build.ts';

async function reply(): Promise<BuildReply> {
  try {
    return { manifest: await runTask(workerData as BuildTask) };
  } catch (error) {
    // Errors lose their class on the way between threads.
    if (error instanceof MinotaurError) return { kind: error.kind, facts: error.facts };
    return { unexpected: error instanceof Error ? (error.stack ?? error.message) : String(error) };
  }
}

parentPort?.postMessage(await reply());
