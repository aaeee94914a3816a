/** Between a test that waits and the process that runs its commands: a thread, so that the test's own may stand still. */
import { fork } from 'node:child_process';
import { type MessagePort, workerData } from 'node:worker_threads';
import type { HostCall } from './cli-host.ts';
import type { Outcome } from './cli.ts';

const { host, execArgv, modules, done, port } = workerData as {
  readonly host: string;
  readonly execArgv: readonly string[];
  readonly modules: readonly string[];
  readonly done: Int32Array;
  readonly port: MessagePort;
};

const open = () => fork(host, modules, { execArgv: [...execArgv], stdio: ['ignore', 'ignore', 'inherit', 'ipc'] });
let child = open();

function answer(outcome: Outcome): void {
  port.postMessage(outcome);
  Atomics.store(done, 0, 1);
  Atomics.notify(done, 0);
}

port.on('message', ({ args }: HostCall) => {
  const ended = (status: number | null): void => {
    child = open();
    answer({ status, stdout: '', stderr: 'the process that runs commands ended' });
  };
  const answered = (message: Outcome): void => {
    child.off('exit', ended);
    answer(message);
  };
  child.once('exit', ended);
  child.once('message', answered);
  child.send({ args });
});
