/** The other end of a job: run as a process of some Node version, or as a worker; prints its result as JSON. */
import { isMainThread, parentPort, workerData } from 'node:worker_threads';
import { runJob } from './job.ts';

if (isMainThread) {
  console.log(JSON.stringify(await runJob(process.argv[2], Number(process.argv[3]))));
} else {
  const { file, cut } = workerData as { file: string; cut: number };
  parentPort?.postMessage(await runJob(file, cut));
}
