/**
 * A failure made small: as few events as still make the same check fail in the same way. The stretch in which it failed is tried
 * from a cold start, then with the ones before it; what fails is minimised.
 */
import { MinotaurError } from 'minotaur-core/internal/base/errors';
import { fails as isFailure, type Check, type CheckContext, type CheckResult } from './check.ts';
import { minimise, type Group } from './minimise.ts';
import { countSources, joinEvents, lengthOf, pickEvents, stretchesOf } from './pick.ts';
import type { PlainEvents, Stretch } from './stretch.ts';

/** What a failure comes down to. */
export interface Reproducer {
  /** The events that are left. */
  readonly events: PlainEvents;
  /** How many they are. */
  readonly length: number;
  /** How often the check was run to get there. */
  readonly runs: number;
  /** The seed with which it fails. */
  readonly seed: number;
  /** What the check says of them. */
  readonly outcome: CheckResult;
}

/** Stretches that are kept to start from. */
const KEPT = 16;
/** Runs of the check, at most. */
const MAX_RUNS = 2000;
/** Seeds that are tried where there are few events: where cuts and points fall by chance, one seed misses too much. */
const SEEDS = 6;
const FEW = 2000;

/** Shrinks what makes `check` fail; nothing where it cannot be made to fail from a cold start. */
export async function reproduce(context: CheckContext, check: Check): Promise<Reproducer | undefined> {
  const last: Stretch[] = [];
  const failed = await check.run({ ...context, open: () => keepLast(context.open(), last) });
  if (!isFailure(failed)) return undefined;
  const plain = last.map((stretch) => stretch.plain(0));
  const trial = createTrial(context, check, failed);
  for (let count = 1; count < 2 * plain.length; count *= 2) {
    const events = joinEvents(plain.slice(-count));
    const all = Array.from({ length: lengthOf(events) }, (_row, i): Group => [i]);
    const sources = countSources(events);
    const fails = async (groups: readonly Group[]): Promise<boolean> => {
      const picked = pickEvents(events, groups);
      // A file of each is read, and one without a row would be refused.
      return countSources(picked) === sources && (await trial.fails(picked));
    };
    if (!(await fails(all))) continue;
    const groups = await minimise(all, fails, () => trial.runs < MAX_RUNS);
    const least = pickEvents(events, groups);
    const { seed } = trial;
    const outcome = await trial.failsWith(least, seed);
    return outcome && { events: least, length: groups.length, runs: trial.runs, seed, outcome };
  }
  return undefined;
}

async function* keepLast(stretches: AsyncIterable<Stretch>, last: Stretch[]): AsyncGenerator<Stretch> {
  for await (const stretch of stretches) {
    last.push(stretch.copy());
    if (last.length > KEPT) last.shift();
    yield stretch;
  }
}

/** Runs of the check over other events, in which it has to fail as it did. */
interface Trial {
  readonly runs: number;
  /** The seed that failed last: it was the right one, so it is tried first. */
  readonly seed: number;
  failsWith(events: PlainEvents, seed: number): Promise<CheckResult | undefined>;
  fails(events: PlainEvents): Promise<boolean>;
}

function createTrial(context: CheckContext, check: Check, failed: CheckResult): Trial {
  const sign = signature(failed);
  const { onProgress: _progress, events: _all, ...quiet } = context;
  const trial = {
    runs: 0,
    seed: context.seed,
    async failsWith(events: PlainEvents, seed: number): Promise<CheckResult | undefined> {
      trial.runs++;
      try {
        const outcome = await check.run({ ...quiet, seed, open: () => stretchesOf(events, context.plan) });
        return isFailure(outcome) && signature(outcome) === sign ? outcome : undefined;
      } catch (error) {
        if (error instanceof MinotaurError) return undefined;
        throw error;
      }
    },
    async fails(events: PlainEvents): Promise<boolean> {
      const others = Array.from({ length: lengthOf(events) > FEW ? 0 : SEEDS }, (_row, i) => context.seed + i);
      for (const seed of new Set([trial.seed, ...others])) {
        if ((await trial.failsWith(events, seed)) === undefined) continue;
        trial.seed = seed;
        return true;
      }
      return false;
    },
  };
  return trial;
}

/** What kind of failure it is, whatever the row and the numbers. */
function signature({ first }: CheckResult): string {
  if (first === null) return '';
  if ('stage' in first) return `${first.stage} ${first.clock} ${first.feature}`;
  return first.message.replaceAll(/-?\d[\d.e+-]*|NaN|Infinity/g, '#');
}
