/** docs/operators/README.md: the catalogue by family, and under the names that other libraries use. */
import { signature } from '../../packages/core/src/features/contract/call.ts';
import type { Operator } from '../../packages/core/src/features/contract/operator.ts';

export function indexPage(ops: readonly Operator[]): string {
  const families = [...new Set(ops.map(({ family }) => family))].sort();
  const parts = families.flatMap((family) => [
    `## ${family}`,
    [
      '| operator | meaning |\n|---|---|',
      ...ops
        .filter((op) => op.family === family)
        .map((op) => `| [\`${signature(op)}\`](${op.name}.md) | ${op.summary} |`),
    ].join('\n'),
  ]);
  return [
    '# Operators',
    `${ops.length} operators in ${families.length} families. \`npx minotaur features\` prints the same. Memory of all of them: [memory.md](../memory.md). Written by \`npm run docs\`; do not edit.`,
    families.map((family) => `[${family}](#${family})`).join(' · '),
    ...parts,
    '## Under other names',
    'The functions of TA-Lib have their own names here, in lower case. What others are called:',
    ['| there | here |\n|---|---|', ...aliases(ops)].join('\n'),
    '',
  ].join('\n\n');
}

/** From the sources: `TA-Lib MULT`, `pandas Series.pct_change`. Parts of a function are not the function. */
function aliases(ops: readonly Operator[]): string[] {
  const names = new Set(ops.map(({ name }) => name));
  const lines = ops.flatMap(({ name, source }) => {
    if (/(step|part|parts) of TA-Lib/.test(source)) return [];
    return [...source.matchAll(/\b(TA-Lib|pandas|numpy|scipy) ([A-Za-z_][\w.]*\w)/g)].flatMap(([, library, there]) =>
      names.has(there.toLowerCase().replace(/^.*\./, ''))
        ? []
        : [`| ${library} \`${there}\` | [\`${name}\`](${name}.md) |`],
    );
  });
  return [...new Set(lines)].sort();
}
