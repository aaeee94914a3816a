/** Requests to a service, byte for byte: answered or cut off, and never with an error of ours. */
import { connect } from 'node:net';
import { join } from 'node:path';
import { folder, live, serve } from '../service/rig.ts';
import type { Target } from './fuzz.ts';

/** Milliseconds for an answer; then it is a hang. */
const PATIENCE = 10_000;

const request = (line: string, more = '', body = ''): Buffer =>
  Buffer.from(`${line} HTTP/1.1\r\nHost: 127.0.0.1\r\nConnection: close\r\n${more}\r\n${body}`);
const posted = (path: string, body: string): Buffer =>
  request(`POST ${path}`, `Content-Type: application/json\r\nContent-Length: ${body.length}\r\n`, body);
const upgrade = (query: string): Buffer =>
  request(
    `GET /v1/stream${query}`,
    'Connection: Upgrade\r\nUpgrade: websocket\r\nSec-WebSocket-Version: 13\r\nSec-WebSocket-Key: MTIzNDU2Nzg5MDEyMzQ1Ng==\r\nSec-WebSocket-Protocol: minotaur.v1.json\r\n',
  );

const PATHS = `/v1/rows?from=0:3&limit=5&columns=clo*,s?a* /v1/rows/latest /v1/rows?from=latest&limit=10000
  /v1/predictions?limit=2 /v1/bars/short?from=0:1 /v1/schema /v1/status /v1/config /v1/events /v1/openapi.json
  /metrics /readyz`.split(/\s+/);

const SEEDS: readonly Buffer[] = [
  ...PATHS.map((path) => request(`GET ${path}`)),
  request('GET /v1/rows?limit=3', 'Accept: application/vnd.apache.arrow.stream\r\n'),
  posted('/v1/snapshot', '{"a":{"__proto__":{"b":1}},"constructor":{"prototype":{}}}'),
  posted('/v1/stop', '[]'),
  upgrade('?what=rows,bars,events&from=0:2&columns=close'),
  upgrade(''),
];

export async function http(): Promise<Target> {
  const directory = join(folder, 'fuzzed');
  const session = await live(directory);
  session.drive(200);
  const service = await serve(session, directory, { limits: { headMs: 200 } });
  const exchange = (input: Buffer): Promise<string> =>
    new Promise((resolve, reject) => {
      let text = '';
      const socket = connect(service.port, '127.0.0.1', () => socket.write(input));
      // What has no end is ended here: a stream that was opened, a head that is waited for.
      const first = setTimeout(() => socket.end(), 20);
      const late = setTimeout(() => {
        socket.destroy();
        reject(new Error('it hangs'));
      }, PATIENCE);
      socket.on('data', (data) => (text += data.toString('latin1')));
      socket.on('error', () => {});
      socket.on('close', () => {
        clearTimeout(first);
        clearTimeout(late);
        resolve(text);
      });
      socket.setTimeout(500, () => socket.destroy());
    });
  return {
    seeds: SEEDS,
    async run(input) {
      const text = await exchange(input);
      const status = /^HTTP\/1\.1 (\d{3})/.exec(text)?.[1];
      if (status === undefined) return text === '' ? undefined : `no answer: ${text.slice(0, 60)}`;
      return Number(status) >= 500 && status !== '503' ? `status ${status}` : undefined;
    },
    close: () => service.close(),
  };
}
