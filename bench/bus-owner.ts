/** The other owner of a bus, in a process of its own, until it is killed: `bus-owner.ts ADDRESSES NAME`. */
import { setTimeout } from 'node:timers/promises';
import { parseConfig } from '../packages/core/src/config/config.ts';
import { presets } from '../packages/core/src/config/presets.ts';
import { makeBus, start } from './bus-worker.ts';

const [addresses, name] = process.argv.slice(2);
const { worker } = await start(await makeBus(addresses, name, parseConfig(presets.minotaur)));
while (worker.status().begun === 0 || worker.status().begun < worker.status().partitions.length) await setTimeout(5);
console.log('begun');
