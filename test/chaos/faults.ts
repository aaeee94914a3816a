/** What may go wrong with a live session: each kind makes itself happen, and says whether it did. */
import { appendFileSync, readdirSync, statSync, truncateSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import type { Uniform } from '../../packages/core/src/base/random.ts';
import type { LocalFaults, RestFault, Way } from '../../packages/minotaur/src/venues/wire/local/faults.ts';
import type { Stage } from './stage.ts';

/** Makes one fault; whether it happened. */
export type Fault = (stage: Stage, uniform: Uniform) => Promise<boolean>;

const between = (uniform: Uniform, low: number, high: number): number => low + Math.floor((high - low) * uniform());

/** Waits until somebody listens. */
async function listener({ venue }: Stage): Promise<boolean> {
  for (let tries = 0; tries < 400 && venue.clients.count === 0; tries++) await pause(10);
  return venue.clients.count > 0;
}

/** Killed, and what `tear` makes of the end of its record. */
const killed =
  (tear: (file: string, uniform: Uniform) => void = () => {}): Fault =>
  async (stage, uniform) => {
    await stage.kill();
    const segments = readdirSync(stage.journal).filter((name) => /^\d+\./.test(name));
    const newest = segments.toSorted().at(-1);
    if (newest !== undefined) tear(join(stage.journal, newest), uniform);
    await pause(between(uniform, 0, 200));
    await stage.begin();
    return newest !== undefined;
  };

/** Trades come in another way until some did. */
const told =
  (way: Way): Fault =>
  async (stage, uniform) => {
    const { venue } = stage;
    if (!(await listener(stage))) return false;
    const before = venue.told[way];
    venue.faults.way = way;
    await pause(between(uniform, 50, 300));
    for (let tries = 0; tries < 100 && venue.told[way] === before; tries++) await pause(10);
    venue.faults.way = 'plainly';
    return venue.told[way] > before;
  };

/** REST answers so the next time, and trades are missing so that it is asked. */
const asked =
  (fault: (uniform: Uniform) => RestFault): Fault =>
  async (stage, uniform) => {
    const { venue } = stage;
    if (!(await listener(stage))) return false;
    venue.faults.restNext.push(fault(uniform));
    await told('lost')(stage, uniform);
    for (let tries = 0; tries < 300 && venue.faults.restNext.length > 0; tries++) await pause(10);
    return venue.faults.restNext.length === 0;
  };

/** REST is so for a while, and is asked meanwhile. */
const answering =
  (set: (faults: LocalFaults, isOn: boolean) => void): Fault =>
  async (stage, uniform) => {
    const { venue } = stage;
    const before = venue.requests.length;
    set(venue.faults, true);
    await told('lost')(stage, uniform);
    for (let tries = 0; tries < 300 && venue.requests.length === before; tries++) await pause(10);
    await pause(between(uniform, 50, 200));
    set(venue.faults, false);
    return venue.requests.length > before;
  };

/** A new connection finds the venue so. */
const welcomed =
  (set: (faults: LocalFaults, isOn: boolean) => void): Fault =>
  async (stage, uniform) => {
    const { venue } = stage;
    if (!(await listener(stage))) return false;
    set(venue.faults, true);
    venue.clients.disconnect('at once');
    await pause(between(uniform, 200, 600));
    set(venue.faults, false);
    return true;
  };

/** Something done to whoever listens. */
const listening =
  (act: (stage: Stage, uniform: Uniform) => unknown): Fault =>
  async (stage, uniform) => {
    if (!(await listener(stage))) return false;
    await act(stage, uniform);
    return true;
  };

/** Bytes of a segment that are on the disk before anything happens. */
const SAFE = 16_384;

/** Messages that are none. */
const GARBLED = [
  '{"e":"trade","s":"',
  '[]]',
  'NaN',
  '{"e":"trade","p":"-1"}',
  '\u0000\u001b[2J',
  '{"__proto__":{"e":1}}',
];

export const FAULTS: Readonly<Record<string, Fault>> = {
  'killed (SIGKILL)': killed(),
  'killed, the record cut': killed((file, uniform) => {
    // Its beginning was handed to the disk: without it there was no session.
    const { size } = statSync(file);
    if (size > SAFE) truncateSync(file, Math.max(SAFE, size - between(uniform, 1, 3000)));
  }),
  'killed, zeros behind the record': killed((file, uniform) =>
    appendFileSync(file, Buffer.alloc(between(uniform, 1, 5000))),
  ),
  'stood still (SIGSTOP)': ({ freeze }, uniform) => freeze(between(uniform, 200, 2500)).then(() => true),
  'cable pulled': listening(({ venue }) => venue.clients.disconnect('at once')),
  'connection closed': listening(({ venue }) => venue.clients.disconnect('politely')),
  'closing announced': listening(({ venue }, uniform) => venue.goodbye(between(uniform, 0, 5000))),
  'connection frozen': listening(({ venue }) => venue.clients.silence('frozen')),
  'connection mute': listening(({ venue }) => venue.clients.silence('mute')),
  'trades twice': told('twice'),
  'neighbours swapped': told('swapped'),
  'trades lost': told('lost'),
  'garbled frames': listening(async ({ venue }, uniform) => {
    for (let left = between(uniform, 1, 4); left > 0; left--) {
      venue.clients.send([GARBLED[between(uniform, 0, GARBLED.length)]]);
      await pause(between(uniform, 0, 30));
    }
  }),
  'half a frame': listening(async ({ venue }, uniform) => {
    venue.clients.sendPart('{"e":"trade","s":"SIM');
    await pause(between(uniform, 0, 100));
    venue.clients.disconnect('at once');
  }),
  'handshake refused': welcomed((faults, isOn) => (faults.handshakeStatus = isOn ? 503 : undefined)),
  'subscription ignored': welcomed((faults, isOn) => (faults.subscription = isOn ? 'ignored' : 'taken')),
  'REST: 429 with Retry-After': asked((uniform) => ({
    what: 'status',
    status: 429,
    retryAfter: between(uniform, 1, 6),
  })),
  'REST: 418 with Retry-After': asked(() => ({ what: 'status', status: 418, retryAfter: 3 })),
  'REST: 502': asked(() => ({ what: 'status', status: 502 })),
  'REST: empty': asked(() => ({ what: 'empty' })),
  'REST: garbled': asked(() => ({ what: 'garbled' })),
  'REST: no answer': asked(() => ({ what: 'hang' })),
  'REST: half pages': answering((faults, isOn) => (faults.restHalf = isOn)),
  'REST: behind the stream': answering((faults, isOn) => (faults.restLag = isOn ? 3000 : 0)),
};
