/** `npm run fuzz -- --target NAME --seconds N --seed N`: inputs, blocks reached, what was found. */
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { fuzz } from '../test/fuzz/fuzz.ts';
import { TARGETS } from '../test/fuzz/targets.ts';

const { values } = parseArgs({
  options: {
    target: { type: 'string', default: 'decoders' },
    seconds: { type: 'string', default: '60' },
    seed: { type: 'string', default: '1' },
  },
});
const open = TARGETS[values.target];
if (open === undefined) throw new Error(`--target: expected one of ${Object.keys(TARGETS).join(', ')}`);
const { executions, blocks, seeded, corpus, findings } = await fuzz(await open(), {
  seconds: Number(values.seconds),
  seed: Number(values.seed),
});
console.log(`${executions} inputs; ${blocks} blocks reached, ${seeded} by the seeds; ${corpus} inputs kept`);
console.log(`${findings.length} findings`);
mkdirSync('out/fuzz', { recursive: true });
findings.forEach(({ what, input }, i) => {
  const file = join('out/fuzz', `${values.target}-${i}.bin`);
  writeFileSync(file, input);
  console.log(`  ${what}\n    ${file}`);
});
process.exit(findings.length === 0 ? 0 : 1);
