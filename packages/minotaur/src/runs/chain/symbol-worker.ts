/** One symbol of several, in a thread: the side that works. */
import { parentPort, workerData, type MessagePort } from 'node:worker_threads';
import { MinotaurError } from 'minotaur-core/internal/base/errors';
import { loadSource } from '../../files/config-file.ts';
import { runChain } from './chain.ts';
import type { SymbolReply, SymbolTask } from './symbol-thread.ts';

const port = parentPort as MessagePort;
const say = (reply: SymbolReply): void => port.postMessage(reply);

async function build({ source, name, symbol, ...job }: SymbolTask): Promise<SymbolReply> {
  const aborting = new AbortController();
  port.once('message', () => aborting.abort()); // 'abort' is all that is ever said
  let told = 0;
  const onProgress = ({ done }: { done: number }): void => {
    say({ type: 'progress', trades: done - told });
    told = done;
  };
  try {
    const { config } = await loadSource(source, name);
    return {
      type: 'built',
      manifest: await runChain({ ...job, config: { ...config, symbol }, onProgress, signal: aborting.signal }),
    };
  } catch (error) {
    // Errors lose their class on the way between threads.
    if (error instanceof MinotaurError) return { type: 'refused', kind: error.kind, facts: error.facts };
    return { type: 'broken', stack: error instanceof Error ? (error.stack ?? error.message) : String(error) };
  }
}

say(await build(workerData as SymbolTask));
port.close();
