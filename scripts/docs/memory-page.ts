/** docs/memory.md: what every operator declares to remember, and what was measured. */
import type { Memory } from '../../packages/core/src/features/contract/operator.ts';
import { rowsToSettle, type OperatorMemory } from '../../packages/minotaur/src/verify/memory/operator-memory.ts';

const INTRO = `# Memory of every operator, declared and measured

Written by \`npm run docs\` (scripts/docs.ts); do not edit. \`npx minotaur features --memory [NAME]\` measures anew and exits 1 where a declaration is contradicted.

Each operator, with the parameters shown, was run over a whole stretch of rows, and then anew from 72 later rows, 24 in each of three stretches (positive prices, values around 0, values between -1 and 1). A figure is the number of rows after the late start, itself counted, from which on no late run differed from the full run by more than that, relative to the largest output so far; \`-\`: some still did at the end. The largest output is the scale because it holds for prices of 1e-8 and of 1e8 alike, and does not blow up where an output crosses 0.

- **finite(n)**: equal bits after n rows, whatever came before. Measured over prints of 1e12, ties and flat stretches too.
- **fading(n)**: below 1e-9 after n rows, or, in the column beside it, below 1e-3: a configuration says how much it wants (\`ready: { tolerance }\`), and every operator answers with the rows that it takes. The n is an upper bound from the recursion's factor, with room for outputs that are small against what they are made of, so most fade sooner; equal bits are listed where they are reached, and promised nowhere. Measured over values that move: in a flat market nothing enters a recursion that could cover up its start.
- **unbounded**: nobody can say when. Cumulative sums never settle; a parabolic stop or a filter settles when it happens to turn, which no number of rows guarantees.
`;

export function memoryPage(measured: readonly OperatorMemory[]): string {
  const wrong = measured.filter(({ first }) => first !== null);
  if (wrong.length > 0) throw new Error(wrong.map(({ first }) => first).join('\n'));
  const lines = [INTRO];
  const families = [...new Set(measured.map(({ op }) => op.family))].sort();
  for (const family of families) {
    const members = measured
      .filter(({ op }) => op.family === family)
      .sort((a, b) => (a.op.name < b.op.name ? -1 : 1))
      .map(row);
    lines.push(`## ${family}\n`);
    lines.push(
      '| operator | declared | to 1e-3 | 1e-3 | 1e-6 | 1e-9 | 1e-12 | equal bits |\n|---|---|---|--:|--:|--:|--:|--:|',
    );
    lines.push(`${members.join('\n')}\n`);
  }
  return lines.join('\n');
}

function row(one: OperatorMemory): string {
  const cells = rowsToSettle(one).slice(0, 5);
  const numbers = cells.map(({ rows }) => rows ?? '-').join(' | ');
  const coarse = declaredText(one.op.memory(one.params, 1e-3));
  return `| \`${one.op.name}(${one.params.join(', ')})\` | ${declaredText(one.declared)} | ${coarse} | ${numbers} |`;
}

export function declaredText(memory: Memory): string {
  return memory.class === 'unbounded' ? memory.class : `${memory.class}(${memory.rows})`;
}
