/**
 * A subscriber in a process of its own: `live-socket-reader.ts URL BARE BEGUN ROWS` sends back what rows took from their arrival, and
 * what messages of the bare socket at BARE took from their sending, in microseconds.
 */
import { WebSocket } from 'ws';
import { connect } from '../packages/minotaur/src/client.ts';

const [url, bare, begun, rows] = process.argv.slice(2);
const now = (): number => Number(begun) + Number(process.hrtime.bigint()) / 1000;
const micros: number[] = [];
const bareMicros: number[] = [];
const socket = new WebSocket(bare, { perMessageDeflate: false });
socket.on('message', (data: Buffer) => void bareMicros.push(now() - data.readDoubleLE(0)));
setTimeout(() => process.send?.('ready'), 1500);
for await (const message of connect({ url })) {
  if (message.kind === 'row') micros.push(now() - message.arrival);
  if (micros.length === Number(rows)) break;
}
process.send?.({ micros, bare: bareMicros }, () => process.exit());
