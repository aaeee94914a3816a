/**
 * The chain asks nothing of the world but its trades. While it runs, clocks, chance, files, locale and the functions whose
 * bits differ between runtimes are watched; the same trades are run 28 years away, where every calendar feature is
 * what it was; and another market is run at the same times, which must not leave a value of an operator where it was. Code is read
 * for `**`, which cannot be watched.
 */
import type { Plan } from 'minotaur-core/internal/chain/plan';
import { result, type Check, type CheckContext, type CheckResult } from '../harness/check.ts';
import { sidesOf } from '../harness/sides.ts';
import { watchWork } from './guard.ts';
import { AGE_OF_CALENDAR, canMove, firstIndifferent, firstMoved } from './transplant.ts';
import { traceEngine } from '../harness/trace.ts';

export const purity: Check = {
  name: 'purity',
  law: 'L8: values come from trades alone: no clock, chance, file, locale, table of their own, function whose bits differ between processors',
  async run(context: CheckContext): Promise<CheckResult> {
    const { historical } = sidesOf(context);
    const here = traceEngine(historical);
    const away = traceEngine(historical);
    const other = traceEngine(historical);
    const { plan } = here.engine;
    const compared = { events: 0, operators: countOperators(plan), values: 0 };
    const power = findPower(plan);
    if (power !== undefined) return result(this, compared, { message: power });
    let distance = 0;
    for await (const stretch of context.open()) {
      // Back, or forward where there is not so much past.
      if (distance === 0) distance = stretch.start < 2 * AGE_OF_CALENDAR ? AGE_OF_CALENDAR : -AGE_OF_CALENDAR;
      here.clear();
      const asked = watchWork(() => stretch.push(here.engine, 0, stretch.length));
      compared.events += stretch.length;
      context.onProgress?.(stretch.length);
      if (asked !== undefined) return result(this, compared, { message: `expected no question, found ${asked}` });
      if (canMove(plan)) {
        away.clear();
        stretch.moved(distance).push(away.engine, 0, stretch.length);
        const moved = firstMoved(plan, here.trace, away.trace, compared);
        if (moved !== undefined) return result(this, compared, { message: moved });
      }
      other.clear();
      stretch.garble(0, stretch.length, 0).push(other.engine, 0, stretch.length);
      const indifferent = firstIndifferent(plan, here.trace, other.trace);
      if (indifferent !== undefined) return result(this, compared, { message: indifferent });
    }
    return result(this, compared, null);
  },
};

function countOperators(plan: Plan): number {
  return new Set(plan.clocks.flatMap(({ graph }) => graph.nodes.map(({ op }) => op.name))).size;
}

/** An operator whose own code raises to a power. */
function findPower(plan: Plan): string | undefined {
  for (const { graph } of plan.clocks) {
    for (const { op } of graph.nodes) {
      const code = op.run.toString().replaceAll(/\/\*[\s\S]*?\*\/|\/\/.*|'[^'\n]*'|"[^"\n]*"|`[^`]*`/g, '');
      if (code.includes('**')) return `operator ${op.name}: expected no power, found ** in its run`;
    }
  }
  return undefined;
}
