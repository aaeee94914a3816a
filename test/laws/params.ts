/** Parameter sets for law suites: small values that an operator accepts, from what it declares. */
import type { Operator, ParameterSpec } from '../../packages/core/src/features/contract/operator.ts';
import { mulberry32 } from '../../packages/core/src/base/random.ts';

const SETS = 5;
const LONGEST = 1500;
/** For operators that fade more slowly than that whatever their parameters. */
const LONGEST_AT_ALL = 10_000;

function accepts({ min, max, integer }: ParameterSpec, value: number): boolean {
  return value >= min && value <= max && (!integer || Number.isInteger(value));
}

function candidates(spec: ParameterSpec): number[] {
  const { min, integer, default: usual } = spec;
  const wish = integer
    ? [min, min + 1, min + 2, min + 3, min + 7, 5, 14]
    : [0, 0.02, 0.1, 0.25, 0.5, 0.7, 1, 2, 3, 24, 101];
  const all = usual === undefined ? wish : [usual, ...wish];
  const valid = [...new Set(all)].filter((value) => accepts(spec, value));
  return valid.length > 0 ? valid : [min];
}

/** Rows after which a run started late is to be as good as a full one; 0 if never. */
export function memoryRows(op: Operator, params: readonly number[]): number {
  const memory = op.memory(params);
  return memory.class === 'unbounded' ? 0 : memory.rows;
}

/** Several valid sets, the same in every run; none is longer than a suite can wait for. Throws if it finds none. */
export function parameterSets(op: Operator): readonly (readonly number[])[] {
  const lists = op.params.map(candidates);
  const random = mulberry32(op.name.length * 7919 + op.params.length);
  const sets = new Map<string, readonly number[]>();
  let longest = LONGEST;
  const offer = (set: readonly number[]): void => {
    if (!op.params.every((spec, i) => accepts(spec, set[i]))) return;
    if (op.check?.(set) !== undefined || op.lookback(set) > 300 || memoryRows(op, set) > longest) return;
    sets.set(set.join(), set);
  };
  if (op.params.every((spec) => spec.default !== undefined)) offer(op.params.map((spec) => spec.default as number));
  const shortest = lists.map((list) => list[0]);
  offer(shortest);
  offer(op.params.map((spec, i) => lists[i].find((value) => value >= 3 && spec.integer) ?? lists[i][0]));
  for (let tries = 0; tries < 200 && sets.size < SETS; tries++) {
    offer(lists.map((list) => list[Math.floor(random() * list.length)]));
    offer(lists.map((list) => list[Math.floor(random() * list.length)]).sort((a, b) => a - b));
  }
  longest = LONGEST_AT_ALL;
  if (sets.size === 0) offer(shortest);
  if (sets.size === 0) throw new Error(`${op.name}: no parameters found that it accepts`);
  return [...sets.values()];
}
