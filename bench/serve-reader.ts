/** Subscribers in a process of their own: `serve-reader.ts URL SUBSCRIBERS ROWS` sends back what rows took, in nanoseconds. */
import { connect } from '../packages/minotaur/src/client.ts';

const [url, readers, rows] = process.argv.slice(2);

async function read(): Promise<number[]> {
  const nanos: number[] = [];
  for await (const message of connect({ url, from: '0:0' })) {
    if (message.kind === 'row') nanos.push(Number(process.hrtime.bigint()) - message.values[0]);
    if (nanos.length === Number(rows)) break;
  }
  return nanos;
}

const reading = Array.from({ length: Number(readers) }, read);
setTimeout(() => process.send?.('ready'), 1500);
const [first] = await Promise.all(reading);
process.send?.(first);
process.disconnect();
