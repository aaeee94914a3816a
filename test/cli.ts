/** Runs the command line as a user would, and finds the real data. */
import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after } from 'node:test';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { MessageChannel, receiveMessageOnPort, Worker } from 'node:worker_threads';
import type { Manifest } from '../packages/minotaur/src/store/manifest.ts';
import { built, MAIN, nodeArguments, type Outcome } from './main.ts';

export { readManifest, readRows } from './read-rows.ts';
export { built, MAIN, minotaurAlone, nodeArguments, type Outcome } from './main.ts';

const DATA = fileURLToPath(new URL('../../shared/data/', import.meta.url));

/** Options of a test that needs real data: skipped, saying so, where it is absent. */
export const needsData = existsSync(DATA) ? {} : { skip: 'needs ../shared/data, which is not here' };

export const dataFile = (name: string): string => join(DATA, name);

/** The process that runs commands; one for each command would spend most of its time on loading what the last one had. */
let host: ((args: readonly string[]) => Outcome) | undefined;
let end = (): void => {};
// Of the file: within a test it would be the end of that test.
after(() => end());

function openHost(): (args: readonly string[]) => Outcome {
  const done = new Int32Array(new SharedArrayBuffer(4));
  const beside = (name: string): string => new URL(`${name}.${built ? 'js' : 'ts'}`, pathToFileURL(MAIN)).href;
  const { port1: port, port2 } = new MessageChannel();
  const relay = new Worker(new URL('cli-relay.ts', import.meta.url), {
    workerData: {
      host: fileURLToPath(new URL('cli-host.ts', import.meta.url)),
      execArgv: nodeArguments,
      modules: [beside('program'), beside('report')],
      done,
      port: port2,
    },
    transferList: [port2],
  });
  relay.unref();
  port.unref();
  end = () => void relay.terminate();
  return (args) => {
    Atomics.store(done, 0, 0);
    port.postMessage({ args });
    Atomics.wait(done, 0, 0);
    return (receiveMessageOnPort(port) as { message: Outcome }).message;
  };
}

/** Runs a command to its end. */
export function minotaur(...args: readonly string[]): Outcome {
  return (host ??= openHost())(args);
}

/** Runs a command that must succeed and returns what it prints with --json; of a build or replay, the manifest. */
export function run<T = Manifest>(command: string, ...args: readonly string[]): T {
  const { status, stdout, stderr } = minotaur(command, ...args, '--json');
  if (status !== 0) throw new Error(`exit ${status}: ${stderr}`);
  return JSON.parse(stdout) as T;
}

/** A folder that is removed after the file's tests. */
export function temporaryFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'minotaur-test-'));
  after(() => rmSync(folder, { recursive: true, force: true }));
  return folder;
}
