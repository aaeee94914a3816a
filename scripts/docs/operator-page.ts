/** docs/operators/<name>.md: all that the catalogue knows of one operator. */
import { readFileSync } from 'node:fs';
import { isComposite, type Operator, type ParameterSpec } from '../../packages/core/src/features/contract/operator.ts';
import { signature } from '../../packages/core/src/features/contract/call.ts';
import { rowsToSettle, type OperatorMemory } from '../../packages/minotaur/src/verify/memory/operator-memory.ts';
import { exampleFeature } from './example.ts';
import { declaredText } from './memory-page.ts';

const NAN = {
  window: 'no value while one is in the window, and as if it had never been afterwards',
  skip: 'the row has no value, and the state is held as if the row had not been',
  value: 'an ordinary argument',
} as const;

export function operatorPage(measured: OperatorMemory, occurs: boolean): string {
  const { op, params } = measured;
  const { notes, cost } = docOf(op);
  const at = params.length > 0 ? ` at (${params.join(', ')})` : '';
  const parts = isComposite(op) ? (typeof op.expand === 'function' ? op.expand(params) : op.expand) : [];
  const facts: readonly (readonly [string, string])[] = [
    ['Formula', `\`${op.formula}\``],
    ['Source', op.source],
    ['Inputs', op.inputs.map((name) => `\`${name}\``).join(', ') || 'none'],
    ['Outputs', op.outputs.map((name) => `\`${name}\``).join(', ')],
    [`Lookback${at}`, plural(op.lookback(params), 'row without a value', 'rows without a value')],
    [`Memory${at}`, memoryText(measured)],
    ['NaN in an input', NAN[op.nan]],
    ...(op.undefinedWhen === undefined ? [] : [['No value though the lookback is filled', op.undefinedWhen] as const]),
    ...(parts.length > 0 ? [['Made of', parts.map((text) => `\`${text}\``).join(', ')] as const] : []),
    ['Cost', cost],
    ['Version', String(op.version)],
  ];
  return [
    `# ${op.name}`,
    `${op.summary}. Family [${op.family}](README.md#${op.family}).`,
    `![${op.name} on a simulated stretch of bars](plots/${op.name}.svg)`,
    ...(occurs ? [] : ['It does not occur in this stretch of 2,000 bars.']),
    `    ${signature(op)}`,
    ...notes,
    facts.map(([what, value]) => `- **${what}**: ${value}`).join('\n'),
    ...(op.params.length > 0 ? [parameterTable(op.params)] : []),
    `In a configuration:\n\n\`\`\`yaml\nfeatures:\n  short:\n    - ${exampleFeature(op)}\n\`\`\``,
    'Written by `npm run docs`; do not edit.\n',
  ].join('\n\n');
}

function memoryText(measured: OperatorMemory): string {
  const declared = declaredText(measured.declared);
  const [, , , , equal] = rowsToSettle(measured);
  const [, e6, e9, e12] = rowsToSettle(measured).map(({ rows }) => rows ?? '-');
  if (measured.declared.class === 'finite')
    return `${declared}; measured: equal bits after ${plural(equal.rows ?? NaN, 'row', 'rows')}`;
  const bits = equal.rows === null ? 'equal bits not reached' : `equal bits after ${equal.rows}`;
  if (e6 === '-') return `${declared}; measured: a late start still showed at the end`;
  return `${declared}; measured: below 1e-6 after ${e6} rows, 1e-9 after ${e9}, 1e-12 after ${e12}, ${bits}`;
}

const plural = (n: number, one: string, many: string): string => `${n} ${n === 1 ? one : many}`;

function parameterTable(specs: readonly ParameterSpec[]): string {
  const rows = specs.map(
    ({ name, integer, min, max, default: usual, meaning }) =>
      `| \`${name}\` | ${integer ? 'integer' : 'number'} | ${bound(min)} to ${bound(max)} | ${usual ?? 'has to be given'} | ${meaning} |`,
  );
  return ['| parameter | kind | range | default | meaning |', '|---|---|---|---|---|', ...rows].join('\n');
}

const bound = (value: number): string => (Math.abs(value) === Number.MAX_VALUE ? 'any' : String(value));

/** The comment above the operator in its file: its paragraphs, and the one that says what it costs. */
function docOf(op: Operator): { notes: string[]; cost: string } {
  const file = new URL(`../../packages/core/src/features/operators/${op.family}/${op.name}.ts`, import.meta.url);
  const text = readFileSync(file, 'utf8');
  const end = text.search(/^export const \w+ = (operator|composite)\(/m);
  const start = text.lastIndexOf('/**', end);
  const isAbove =
    start >= 0 && text.slice(start, end).trimEnd().indexOf('*/') === text.slice(start, end).trimEnd().length - 2;
  const comment = isAbove
    ? text
        .slice(start + 3, end)
        .trimEnd()
        .slice(0, -2)
    : '';
  const paragraphs = comment
    .split('\n')
    .map((line) => line.replace(/^ ?\* ?/, '').trim())
    .join('\n')
    .split(/\n\n+/)
    .map((paragraph) => paragraph.trim().replace(/\{@link (\w+)\}/g, '`$1`'))
    .filter((paragraph) => paragraph !== '');
  const cost = paragraphs.find((paragraph) => paragraph.startsWith('Cost: '));
  const notes = paragraphs.filter((paragraph) => paragraph !== cost);
  return { notes, cost: cost?.slice('Cost: '.length).replaceAll('\n', ' ') ?? 'that of writing a value' };
}
