/** `minotaur features [NAME]`: the catalogue, or one entry. */
import { fail } from 'minotaur-core/internal/base/errors';
import { withOperators } from 'minotaur-core/internal/features/catalogue';
import { exampleParams } from 'minotaur-core/internal/features/contract/example';
import { signature, type Catalogue } from 'minotaur-core/internal/features/contract/graph';
import { nearest } from 'minotaur-core/internal/base/nearest';
import type { Memory, Operator } from 'minotaur-core/internal/features/contract/operator';
import { loadConfig } from '../config-file.ts';

export interface FeaturesFlags {
  readonly config: string;
  readonly memory?: boolean;
  readonly json?: boolean;
}

/** The catalogue, and the operators that a configuration brings. */
export async function loadCatalogue({ config }: FeaturesFlags): Promise<Catalogue> {
  return withOperators((await loadConfig(config)).config.operators);
}

/** A catalogue in the order in which it is printed. */
export function byFamily(catalogue: Catalogue): Operator[] {
  return [...catalogue.values()].sort((a, b) => (a.family + a.name < b.family + b.name ? -1 : 1));
}

export function findOperator(name: string, catalogue: Catalogue): Operator {
  const known = (): string => `'${name}'${nearest(name, [...catalogue.keys()])}`;
  return catalogue.get(name) ?? fail('config', 'features', 'an operator of the catalogue', known());
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

export async function features(name: string | undefined, options: FeaturesFlags): Promise<void> {
  const catalogue = await loadCatalogue(options);
  const all = byFamily(catalogue);
  if (name !== undefined) {
    const op = findOperator(name, catalogue);
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
