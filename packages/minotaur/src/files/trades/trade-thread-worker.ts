/** The reading side of {@link openTradesInThread}. */
import { once } from 'node:events';
import { parentPort, workerData, type MessagePort } from 'node:worker_threads';
import { MinotaurError } from 'minotaur-core/internal/base/errors';
import { openTrades } from './trade-source.ts';
import { SLOT_COLUMNS, slotsOf, type ReadReply, type ReadRequest, type ReadTask } from './trade-thread.ts';

async function read(port: MessagePort, { patterns, options, memory }: ReadTask): Promise<void> {
  const reply = (message: ReadReply): void => port.postMessage(message);
  const slots = slotsOf(memory);
  // Slots that may be filled; before them, that nobody reads on.
  const requests: ReadRequest[] = slots.map((_, slot) => slot);
  port.on('message', (request: ReadRequest) =>
    request === 'close' ? requests.unshift(request) : requests.push(request),
  );
  const source = await openTrades(patterns, options);
  try {
    reply({ type: 'opened', files: source.files, layouts: source.layouts });
    for await (const { block, file, unit, numbers } of source.blocks()) {
      while (requests.length === 0) await once(port, 'message');
      const slot = requests.shift() as ReadRequest;
      if (slot === 'close') return;
      const columns = { ...block, numbers };
      for (const name of SLOT_COLUMNS) slots[slot][name].set(columns[name].subarray(0, block.length));
      reply({ type: 'block', slot, length: block.length, file, unit });
    }
    reply({ type: 'end' });
  } finally {
    source.close();
  }
}

const port = parentPort as MessagePort;
try {
  await read(port, workerData as ReadTask);
} catch (error) {
  // Errors lose their class on the way between threads.
  const reply: ReadReply =
    error instanceof MinotaurError
      ? { type: 'failed', kind: error.kind, facts: error.facts }
      : { type: 'broken', stack: error instanceof Error ? (error.stack ?? error.message) : String(error) };
  port.postMessage(reply);
}
port.close();
