/**
 * A planted fault: a small, realistic mistake, made outside the chain, so that the chain needs no switch for it. It is an
 * operator of a user's, or a wrapper around the engine on the historical side, on the live side, or on both.
 */
import type { PrimitiveOperator } from 'minotaur-core/internal/features/contract/operator';
import type { ConfigInput } from 'minotaur-core/internal/config/config';
import { planOf } from 'minotaur-core/internal/config/engine';
import type { CheckContext } from '../harness/check.ts';
import { enginesOf } from '../harness/sides.ts';
import type { Wrap } from './wrap.ts';

/** What of a check's context the fault replaces. */
type Planted = Partial<Pick<CheckContext, 'plan' | 'sides'>>;

export interface Fault {
  /** Like the file, with dashes. */
  readonly name: string;
  /** The real mistake that it stands for. */
  readonly imitates: string;
  /** Whether the configuration that it is planted into has several instruments. */
  readonly several?: boolean;
  /** Whether it has a series. */
  readonly series?: boolean;
  /** Plants it into a sound configuration. */
  readonly plant: (sound: ConfigInput) => Planted;
}

/** What became of a planted fault. */
export interface FaultOutcome {
  /** Of the fault. */
  readonly name: string;
  /** The first check that caught it; null where none did. */
  readonly caughtBy: string | null;
  /** Rows of the shortest stretch on which it was caught, or of the longest that was tried. */
  readonly rows: number;
  /** Every check that caught it on that stretch. */
  readonly by: readonly string[];
}

export function fault(spec: Fault): Fault {
  return spec;
}

/** An operator with a fault, called on `input` of the driving clock, or of rows; what is not said is that of a row-wise function. */
export function plantOperator(
  op: Pick<PrimitiveOperator, 'run'> & Partial<PrimitiveOperator>,
  input = 'close',
  of?: 'rows',
): Fault['plant'] {
  const planted: PrimitiveOperator = {
    name: 'planted',
    family: 'planted',
    version: 1,
    summary: 'An operator with a fault',
    formula: 'none',
    source: 'none',
    inputs: ['x'],
    outputs: ['value'],
    params: [],
    lookback: () => 0,
    memory: () => ({ class: 'finite', rows: 1 }),
    nan: 'window',
    history: () => 0,
    slots: () => 0,
    ...op,
  };
  return (sound) => {
    const under = of ?? sound.drive ?? Object.keys(sound.clocks)[0];
    const features = [...(sound.features?.[under] ?? []), `planted(${input}) as planted`];
    const operators = [...(sound.operators ?? []), planted];
    return { plan: planOf({ ...sound, features: { ...sound.features, [under]: features }, operators }) };
  };
}

/** Wraps the engine of one side, or of both. */
export function plantWrap(side: 'historical' | 'live' | 'both', wrap: Wrap): Fault['plant'] {
  return (sound) => {
    const plain = enginesOf(planOf(sound));
    const faulty = wrap(plain);
    return { sides: { historical: side === 'live' ? plain : faulty, live: side === 'historical' ? plain : faulty } };
  };
}
