/**
 * Subscribers in a process of their own: `serve-reader.ts URL SUBSCRIBERS ROWS DEAF` sends back what rows took each of them, in
 * nanoseconds. Beside them DEAF others ask for the same stream and do not read.
 */
import { createConnection } from 'node:net';
import { connect } from '../packages/minotaur/src/client.ts';

const [url, readers, rows, deaf = '0'] = process.argv.slice(2);

/** Asks for a stream and then reads nothing, not even the answer. */
function hearNothing(): void {
  const { hostname, port, host } = new URL(url);
  const socket = createConnection(Number(port), hostname, () => {
    socket.pause();
    socket.write(
      `GET /v1/stream HTTP/1.1\r\nHost: ${host}\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n` +
        'Sec-WebSocket-Version: 13\r\nSec-WebSocket-Key: MTIzNDU2Nzg5MDEyMzQ1Ng==\r\n' +
        'Sec-WebSocket-Protocol: minotaur.v1.binary\r\n\r\n',
    );
  });
  socket.on('error', () => {});
  socket.unref();
}

async function read(): Promise<number[]> {
  const nanos: number[] = [];
  for await (const message of connect({ url, from: '0:0' })) {
    if (message.kind === 'row') nanos.push(Number(process.hrtime.bigint()) - message.values[0]);
    if (nanos.length === Number(rows)) break;
  }
  return nanos;
}

const reading = Array.from({ length: Number(readers) }, read);
for (let i = 0; i < Number(deaf); i++) hearNothing();
setTimeout(() => process.send?.('ready'), 1500);
process.send?.(await Promise.all(reading), () => process.exit());
