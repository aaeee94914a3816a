/** `minotaur features --memory [NAME]`: how long each operator remembers where it was started, against what it declares. */
import type { Memory } from 'minotaur-core/internal/features/contract/operator';
import { measureOperator, rowsToSettle, type OperatorMemory } from '../../verify/memory/operator-memory.ts';
import { createProgress } from '../progress.ts';
import { byFamily, findOperator, loadCatalogue, type FeaturesFlags } from './features.ts';

export async function memoryCommand(name: string | undefined, flags: FeaturesFlags): Promise<void> {
  const catalogue = await loadCatalogue(flags);
  const ops = name === undefined ? byFamily(catalogue) : [findOperator(name, catalogue)];
  const progress = createProgress('memory', ops.length, 'operators');
  const measured = ops.map((op) => {
    const one = measureOperator(op, catalogue);
    progress.add(1);
    return one;
  });
  progress.stop();
  const wrong = measured.filter(({ first }) => first !== null);
  if (flags.json) console.log(JSON.stringify(measured.map(describe), null, 2));
  else print(measured, wrong);
  if (wrong.length > 0) process.exitCode = 1;
}

function describe(one: OperatorMemory): Record<string, unknown> {
  const { op, params, declared, starts, compared, first } = one;
  const rows = Object.fromEntries(rowsToSettle(one).map(({ level, rows: n }) => [levelName(level), n]));
  const base = { name: op.name, family: op.family, params, declared, measured: { rows, starts, compared } };
  return { ...base, holds: first === null, first };
}

const levelName = (level: number): string => (level === 0 ? 'equal' : level.toExponential());

function declaredText(memory: Memory): string {
  return memory.class === 'unbounded' ? memory.class : `${memory.class} ${memory.rows}`;
}

function print(measured: readonly OperatorMemory[], wrong: readonly OperatorMemory[]): void {
  const calls = measured.map(({ op, params }) => `${op.name}(${params.join(', ')})`);
  const width = Math.max(8, ...calls.map((call) => call.length));
  console.log('Rows after a late start until a difference to the full run was gone; -: not by the end.\n');
  console.log(`${'operator'.padEnd(width)}  ${'declared'.padEnd(12)}   1e-6   1e-9  1e-12   bits`);
  measured.forEach((one, i) => {
    const rows = rowsToSettle(one).filter((_, l) => l < 4);
    const cells = rows.map(({ rows: n }) => String(n ?? '-').padStart(6)).join(' ');
    const verdict = one.first === null ? '' : '  CONTRADICTED';
    console.log(`${calls[i].padEnd(width)}  ${declaredText(one.declared).padEnd(12)} ${cells}${verdict}`);
  });
  const starts = measured.reduce((sum, one) => sum + one.starts, 0);
  const compared = measured.reduce((sum, one) => sum + one.compared, 0);
  console.log(
    `\n${measured.length} operators, ${starts.toLocaleString('en')} late starts, ${compared.toLocaleString('en')} rows compared.`,
  );
  for (const { first } of wrong) console.log(first);
  console.log(wrong.length === 0 ? 'Every declaration holds.' : `${wrong.length} declarations do not hold.`);
}
