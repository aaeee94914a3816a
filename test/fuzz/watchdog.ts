/** Ends a process that no longer goes on, and says what it was given last: nothing in its own thread can. */
import { Worker } from 'node:worker_threads';

/** Milliseconds without a sign of life. */
const PATIENCE = 30_000;

const PROGRAM = `
const { workerData: { beats, input, length, pid } } = require('node:worker_threads');
const { writeSync } = require('node:fs');
for (let last = -1; ; ) {
  Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, ${PATIENCE});
  const now = Atomics.load(beats, 0);
  if (now === last) {
    writeSync(2, 'it hangs with: ' + Buffer.from(input.slice(0, length[0])).toString('base64') + '\\n');
    process.kill(pid, 'SIGKILL');
  }
  last = now;
}`;

/** What is returned is told of each input before it is tried. */
export function watchForHangs(longest: number): { begin(input: Uint8Array): void; stop(): void } {
  const beats = new Int32Array(new SharedArrayBuffer(4));
  const length = new Int32Array(new SharedArrayBuffer(4));
  const input = new Uint8Array(new SharedArrayBuffer(longest));
  const worker = new Worker(PROGRAM, { eval: true, workerData: { beats, input, length, pid: process.pid } });
  worker.unref();
  return {
    begin(bytes) {
      length[0] = Math.min(longest, bytes.length);
      input.set(bytes.subarray(0, longest));
      Atomics.add(beats, 0, 1);
    },
    stop: () => void worker.terminate(),
  };
}
