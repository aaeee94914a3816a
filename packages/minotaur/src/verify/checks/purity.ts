/**
 * The chain asks nothing of the world but its trades. While it runs, clocks, chance, files, locale and the functions whose
 * bits differ between runtimes are watched; the same trades are run 28 years away, where every calendar feature is
 * what it was; and another market is run at the same times, which must not leave a value of an operator where it was. Code is read
 * for `**`, which cannot be watched. What a configuration's module asked while it loaded is named beside the result, not judged.
 */
import type { Plan } from 'minotaur-core/internal/chain/plan';
import { result, type Check, type CheckContext, type CheckResult } from '../harness/check.ts';
import { graphsOf } from '../harness/row-columns.ts';
import { sidesOf } from '../harness/sides.ts';
import { raisesToPower } from '../watch/power.ts';
import { watchWork } from '../watch/watch.ts';
import { AGE_OF_CALENDAR } from '../harness/calendar.ts';
import { canMove, createMarket, firstIndifferent, firstMoved } from './transplant.ts';

/** L8: values come from trades alone; no clock, chance, file or locale. */
export const purity: Check = {
  name: 'purity',
  law: 'L8: values come from trades alone: no clock, chance, file, locale, table of their own, function whose bits differ between processors',
  async run(context: CheckContext): Promise<CheckResult> {
    return { ...(await judge(this, context)), ...context.loading };
  },
};

/** Runs the chain here, away and in another market, stretch after stretch. */
async function judge(check: Pick<Check, 'name' | 'law'>, context: CheckContext): Promise<CheckResult> {
  const { historical } = sidesOf(context);
  const here = createMarket(historical);
  const away = createMarket(historical);
  const other = createMarket(historical);
  const { plan } = here.engine;
  const compared = { events: 0, operators: countOperators(plan), values: 0 };
  const power = findPower(plan);
  if (power !== undefined) return result(check, compared, { message: power });
  let distance = 0;
  for await (const stretch of context.open()) {
    // Back, or forward where there is not so much past.
    if (distance === 0) distance = stretch.start < 2 * AGE_OF_CALENDAR ? AGE_OF_CALENDAR : -AGE_OF_CALENDAR;
    here.clear();
    const asked = watchWork(() => stretch.push(here.engine, 0, stretch.length));
    compared.events += stretch.length;
    context.onProgress?.(stretch.length);
    if (asked !== undefined) return result(check, compared, { message: `expected no question, found ${asked}` });
    if (canMove(plan)) {
      away.clear();
      stretch.moved(distance).push(away.engine, 0, stretch.length);
      const moved = firstMoved(plan, here.take(), away.take(), compared);
      if (moved !== undefined) return result(check, compared, { message: moved });
    }
    other.clear();
    stretch.garble(0, stretch.length, 0).push(other.engine, 0, stretch.length);
    const indifferent = firstIndifferent(plan, here.take(), other.take());
    if (indifferent !== undefined) return result(check, compared, { message: indifferent });
  }
  return result(check, compared, null);
}

function countOperators(plan: Plan): number {
  return new Set(graphsOf(plan).flatMap(({ graph }) => graph.nodes.map(({ op }) => op.name))).size;
}

/** An operator whose own code raises to a power. */
function findPower(plan: Plan): string | undefined {
  const nodes = graphsOf(plan).flatMap(({ graph }) => graph.nodes);
  const found = nodes.find(({ op }) => raisesToPower(op));
  return found && `operator ${found.op.name}: expected no power, found ** in its run`;
}
