/** Loaded before whatever predicts: models answer nothing while the file that `HANGING` names is there. */
import { existsSync } from 'node:fs';
import { setTimeout as pause } from 'node:timers/promises';
import { InferenceSession } from 'onnxruntime-node';

const { run } = InferenceSession.prototype as unknown as { run: (...given: unknown[]) => Promise<unknown> };
const isHanging = (): boolean => existsSync(process.env['HANGING'] ?? '');

Object.assign(InferenceSession.prototype, {
  async run(this: InferenceSession, ...given: unknown[]) {
    // As little as a call that waits for a lock does this keep a process alive.
    while (isHanging()) await pause(20, undefined, { ref: false });
    return run.apply(this, given);
  },
});
