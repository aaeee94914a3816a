/** A subscriber in a process of its own: `live-socket-reader.ts URL BEGUN ROWS` sends back what rows took from their arrival, in microseconds. */
import { connect } from '../packages/minotaur/src/client.ts';

const [url, begun, rows] = process.argv.slice(2);
const micros: number[] = [];
setTimeout(() => process.send?.('ready'), 1500);
for await (const message of connect({ url })) {
  if (message.kind === 'row') micros.push(Number(begun) + Number(process.hrtime.bigint()) / 1000 - message.arrival);
  if (micros.length === Number(rows)) break;
}
process.send?.(micros, () => process.exit());
