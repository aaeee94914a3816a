/** The catalogue of operators, one entry of it, and what operators remember, in words. */
import type { OperatorEntry, OperatorMemoryReport } from '../../runs.ts';
import { count } from './figures.ts';

type Memory = OperatorEntry['memory'];

const NAN_MEANS: Readonly<Record<OperatorEntry['nan'], string>> = {
  window: 'no value while one is in the window',
  skip: 'the row is skipped, the state held',
  value: 'an ordinary argument',
};

export function catalogueLines(all: readonly OperatorEntry[]): string {
  const width = Math.max(...all.map(({ signature }) => signature.length));
  const lines = all.flatMap(({ family, signature, summary }, i) => {
    const line = `  ${signature.padEnd(width)}  ${summary}`;
    if (family === all[i - 1]?.family) return [line];
    return [`${i === 0 ? '' : '\n'}${family}`, line];
  });
  return [...lines, `\n${all.length} operators. One of them: minotaur features NAME`].join('\n');
}

export function entryLines(op: OperatorEntry): string {
  const at = `at (${op.example.join(', ')})`;
  return [
    `${op.signature}: ${op.summary}`,
    '',
    `  formula   ${op.formula}`,
    `  outputs   ${op.outputs.join(', ')}`,
    ...op.params.map(
      (p) => `  ${p.name.padEnd(9)} ${p.integer ? 'integer' : 'number'} ${p.min}..${p.max}: ${p.meaning}`,
    ),
    `  lookback  ${op.lookback} rows ${at}`,
    `  memory    ${memoryText(op.memory)} ${at}`,
    `  NaN       ${NAN_MEANS[op.nan]}`,
    ...(op.undefinedWhen === null ? [] : [`  undefined ${op.undefinedWhen}`]),
    `  source    ${op.source}`,
  ].join('\n');
}

function memoryText(memory: Memory): string {
  switch (memory.class) {
    case 'finite':
      return `finite: the last ${memory.rows} rows`;
    case 'fading':
      return `fading: below ${memory.tolerance} after ${memory.rows} rows`;
    case 'unbounded':
      return 'unbounded: the start never stops mattering';
  }
}

/** Levels of difference that the table has room for. */
const LEVELS = 5;

export function memoryTable(measured: readonly OperatorMemoryReport[]): string {
  const calls = measured.map(({ name, params }) => `${name}(${params.join(', ')})`);
  const width = Math.max(8, ...calls.map((call) => call.length));
  const declaredText = (memory: Memory): string =>
    memory.class === 'unbounded' ? memory.class : `${memory.class} ${memory.rows}`;
  const lines = measured.map(({ declared, measured: { rows }, holds }, i) => {
    const found = Object.values(rows).slice(0, LEVELS);
    const cells = found.map((n) => String(n ?? '-').padStart(6)).join(' ');
    return `${calls[i].padEnd(width)}  ${declaredText(declared).padEnd(12)} ${cells}${holds ? '' : '  CONTRADICTED'}`;
  });
  const starts = measured.reduce((sum, one) => sum + one.measured.starts, 0);
  const compared = measured.reduce((sum, one) => sum + one.measured.compared, 0);
  const wrong = measured.flatMap(({ first }) => (first === null ? [] : [first]));
  return [
    'Rows after a late start until a difference to the full run was gone; -: not by the end.\n',
    `${'operator'.padEnd(width)}  ${'declared'.padEnd(12)}   1e-3   1e-6   1e-9  1e-12   bits`,
    ...lines,
    `\n${measured.length} operators, ${count(starts)} late starts, ${count(compared)} rows compared.`,
    ...wrong,
    wrong.length === 0 ? 'Every declaration holds.' : `${wrong.length} declarations do not hold.`,
  ].join('\n');
}
