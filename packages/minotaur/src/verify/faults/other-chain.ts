/** A chain that makes its rows of another configuration than it declares: a mistake in code that reads a declaration. */
import type { ConfigInput } from 'minotaur-core/internal/config/config';
import { planOf } from 'minotaur-core/internal/config/engine';
import { enginesOf, type MakeEngine } from '../harness/sides.ts';
import type { Fault } from './fault.ts';

/** What a chain is said to be, and what it does. */
interface Chains {
  readonly declared: ConfigInput;
  readonly made: ConfigInput;
}

/** Both sides make what they do not declare: history and live agree, and are wrong. */
export function plantOther(of: (sound: ConfigInput) => Chains): Fault['plant'] {
  return (sound) => {
    const { declared, made } = of(sound);
    const plan = planOf(declared);
    const other = enginesOf(planOf(made));
    const faulty: MakeEngine = (sinks) => ({ ...other(sinks), plan });
    return { plan, sides: { historical: faulty, live: faulty } };
  };
}
