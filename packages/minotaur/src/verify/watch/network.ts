/** Ways to other processes and machines, which only code that waits can use: watched while modules load, who may. */
import childProcess from 'node:child_process';
import dgram from 'node:dgram';
import dns from 'node:dns';
import http from 'node:http';
import https from 'node:https';
import net from 'node:net';
import tls from 'node:tls';
import type { Watched } from './watched.ts';

export const NETWORK: readonly Watched[] = [
  { owner: 'global', host: globalThis, names: ['WebSocket', 'EventSource'], named: true },
  { owner: 'http', host: http, names: ['get', 'request'], named: true },
  { owner: 'https', host: https, names: ['get', 'request'], named: true },
  { owner: 'net', host: net, names: ['connect', 'createConnection'], named: true },
  { owner: 'tls', host: tls, names: ['connect'], named: true },
  { owner: 'dgram', host: dgram, names: ['createSocket'], named: true },
  { owner: 'dns', host: dns, names: ['lookup', 'resolve'], named: true },
  { owner: 'dns.promises', host: dns.promises, names: ['lookup', 'resolve'], named: true },
  {
    owner: 'child_process',
    host: childProcess,
    names: ['exec', 'execSync', 'execFile', 'execFileSync', 'fork', 'spawn', 'spawnSync'],
    named: true,
  },
];
