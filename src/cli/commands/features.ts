/** `minotaur features [NAME]`: the catalogue, or one entry. */
import { fail } from '../../core/errors.ts';
import { catalogue } from '../../features/catalogue.ts';
import { signature } from '../../features/graph.ts';
import { nearest } from '../../features/nearest.ts';
import type { Memory, Operator, ParameterSpec } from '../../features/operator.ts';

/** Parameters to show lookback and memory for: the defaults, or a value that is usual for a window. */
function exampleParams(op: Operator): number[] {
  const usual = (p: ParameterSpec, i: number): number => {
    const value = p.default ?? (p.integer ? 14 + 7 * i : (p.min + Math.min(p.max, p.min + 2)) / 2);
    return Math.min(p.max, Math.max(p.min, value));
  };
  return op.params.map(usual);
}

function describeMemory(memory: Memory): string {
  switch (memory.class) {
    case 'finite':
      return `finite: the last ${memory.rows} rows`;
    case 'fading':
      return `fading: below ${memory.tolerance} after ${memory.rows} rows`;
    case 'unbounded':
      return 'unbounded: the start never stops mattering';
  }
}

/** An entry as `--json` gives it. */
export function describeOperator(op: Operator): Record<string, unknown> {
  const params = exampleParams(op);
  return {
    name: op.name,
    family: op.family,
    version: op.version,
    signature: signature(op),
    summary: op.summary,
    formula: op.formula,
    inputs: op.inputs,
    outputs: op.outputs,
    params: op.params,
    example: params,
    lookback: op.lookback(params),
    memory: op.memory(params),
    nan: op.nan,
    undefinedWhen: op.undefinedWhen ?? null,
    source: op.source,
  };
}

export function features(name: string | undefined, options: { json?: boolean }): void {
  const all = [...catalogue.values()].sort((a, b) => (a.family + a.name < b.family + b.name ? -1 : 1));
  if (name !== undefined) {
    const op = catalogue.get(name);
    if (op === undefined)
      fail('config', 'features', 'an operator of the catalogue', `'${name}'${nearest(name, [...catalogue.keys()])}`);
    console.log(options.json ? JSON.stringify([describeOperator(op)], null, 2) : entry(op));
    return;
  }
  if (options.json) {
    console.log(JSON.stringify(all.map(describeOperator), null, 2));
    return;
  }
  let family = '';
  const width = Math.max(...all.map((op) => signature(op).length));
  for (const op of all) {
    if (op.family !== family) console.log(`${family === '' ? '' : '\n'}${(family = op.family)}`);
    console.log(`  ${signature(op).padEnd(width)}  ${op.summary}`);
  }
  console.log(`\n${all.length} operators. One of them: minotaur features NAME`);
}

function entry(op: Operator): string {
  const params = exampleParams(op);
  const lines = [
    `${signature(op)}: ${op.summary}`,
    '',
    `  formula   ${op.formula}`,
    `  outputs   ${op.outputs.join(', ')}`,
    ...op.params.map(
      (p) => `  ${p.name.padEnd(9)} ${p.integer ? 'integer' : 'number'} ${p.min}..${p.max}: ${p.meaning}`,
    ),
    `  lookback  ${op.lookback(params)} rows at (${params.join(', ')})`,
    `  memory    ${describeMemory(op.memory(params))} at (${params.join(', ')})`,
    `  NaN       ${{ window: 'no value while one is in the window', skip: 'the row is skipped, the state held', value: 'an ordinary argument' }[op.nan]}`,
    ...(op.undefinedWhen === undefined ? [] : [`  undefined ${op.undefinedWhen}`]),
    `  source    ${op.source}`,
  ];
  return lines.join('\n');
}
