/** Parameter sets to try an operator with: small values that it accepts, from what it declares. */
import { TOLERANCE } from 'minotaur-core/internal/features/contract/memory';
import type { Operator, ParameterSpec } from 'minotaur-core/internal/features/contract/operator';
import { mulberry32 } from 'minotaur-core/internal/base/random';
import { fail } from 'minotaur-core/internal/base/errors';

const SETS = 6;
/** Rows of memory that a set may ask for: a suite cannot wait for more. */
const LONGEST = 1500;
/** For operators that fade more slowly than that whatever their parameters. */
const LONGEST_AT_ALL = 10_000;
const LONGEST_LOOKBACK = 300;
/** Widest range from `min` on that a value is drawn from at random. */
const WIDEST = 60;

function accepts({ min, max, integer }: ParameterSpec, value: number): boolean {
  return value >= min && value <= max && (!integer || Number.isInteger(value));
}

/** Values that break things, the usual one, and some from anywhere in the range. */
function candidates(spec: ParameterSpec, random: () => number): number[] {
  const { min, max, integer, default: usual } = spec;
  const anywhere = [random(), random()].map((u) => min + u * Math.min(max - min, WIDEST));
  const wish = integer
    ? [min, min + 1, min + 2, min + 3, min + 7, 5, 14, ...anywhere.map(Math.round)]
    : [0, 0.02, 0.1, 0.25, 0.5, 0.7, 1, 2, 3, 24, 101, ...anywhere];
  const all = usual === undefined ? wish : [usual, ...wish];
  const valid = [...new Set(all)].filter((value) => accepts(spec, value));
  return valid.length > 0 ? valid : [min];
}

/** Rows after which a run started late is to be as good as a full one; 0 if never. */
function memoryRows(op: Operator, params: readonly number[]): number {
  const memory = op.memory(params, TOLERANCE);
  return memory.class === 'unbounded' ? 0 : memory.rows;
}

/**
 * Several valid sets, the same for the same seed; none is longer than a suite can wait for.
 * @throws MinotaurError if it finds none
 */
export function parameterSets(op: Operator, seed = 0): readonly (readonly number[])[] {
  const random = mulberry32(op.name.length * 7919 + op.params.length + seed);
  const lists = op.params.map((spec) => candidates(spec, random));
  const sets = new Map<string, readonly number[]>();
  let longest = LONGEST;
  const offer = (set: readonly number[]): void => {
    if (!op.params.every((spec, i) => accepts(spec, set[i]))) return;
    if (op.check?.(set) !== undefined || op.lookback(set) > LONGEST_LOOKBACK || memoryRows(op, set) > longest) return;
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
  if (sets.size === 0)
    fail('config', `operator '${op.name}'`, 'parameters in their ranges that it accepts', 'none of those tried');
  return [...sets.values()];
}
