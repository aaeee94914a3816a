/** `npm run chaos -- --seed N --faults N`: a live session under faults that a seed chooses; what was missed, came twice or changed. */
import { parseArgs } from 'node:util';
import { runChaos } from '../test/chaos/run.ts';

const { values } = parseArgs({
  options: { seed: { type: 'string', default: '1' }, faults: { type: 'string', default: '200' } },
});
const began = performance.now();
const { fired, ...found } = await runChaos({
  seed: Number(values.seed),
  faults: Number(values.faults),
  onFault: (kind, happened) =>
    console.log(`${((performance.now() - began) / 1000).toFixed(1).padStart(7)} s  ${kind}${happened ? '' : ': not'}`),
});
console.log('\ntimes  fault');
for (const [kind, times] of Object.entries(fired)) console.log(`${String(times).padStart(5)}  ${kind}`);
const { trades, rows, missed, twice, changed, why, seconds, folder } = found;
console.log(`\n${trades} trades, ${rows} rows in ${seconds.toFixed(0)} s; ended: ${why}`);
console.log(`${missed} trades missed, ${twice} twice, ${changed} rows changed`);
if (folder !== undefined) console.log(`kept: ${folder}`);
const never = Object.keys(fired).filter((kind) => fired[kind] === 0);
if (never.length > 0) console.log(`never happened: ${never.join('; ')}`);
process.exitCode = missed + twice + changed + never.length === 0 && why === 'told' ? 0 : 1;
