/** Chains as a worker opens them: of one plan, whatever they are called. */
import type { Config } from 'minotaur-core/internal/config/config';
import { fail, MinotaurError } from 'minotaur-core/internal/base/errors';
import type { Engine } from 'minotaur-core/internal/chain/contract';
import type { Plan } from 'minotaur-core/internal/chain/plan';
import { planOf } from 'minotaur-core/internal/config/engine';
import { factsOf } from 'minotaur-core/internal/live/record';
import type { Prediction, Predictor } from 'minotaur-core/internal/live/predictor';
import { appendRows, type Row } from 'minotaur-core/internal/rows/row';
import { instrumentsOf, withInstrument, withRoles } from 'minotaur-core/internal/trades/instrument';
import { sliceTrades } from 'minotaur-core/internal/trades/trade';
import { repeatEvent } from '../../journal/pushes.ts';
import { createEngine } from '../../node/engine.ts';
import { countOf, type BusEvent, type EventBatch, type TradesEvent } from '../codec/events.ts';
import type { OpenChain, WorkedChain } from '../recovery/contract.ts';

/** What makes chains. */
export interface Chains {
  /** Common to all of them. */
  readonly plan: Plan;
  readonly open: OpenChain;
}

/**
 * Chains of one configuration. Planning is nearly all that an engine costs, so it is done once: a configuration of one instrument
 * has a chain of every name, which is its symbol; one of several names roles, which are others in every chain.
 */
export function createChains(config: Config, predictor?: () => Predictor): Chains {
  const isOne = instrumentsOf(config).length === 1;
  const plan = planOf(isOne ? config : withRoles(config));
  const planFor = (name: string): Plan => {
    if (!isOne) return plan;
    const own = withInstrument(config, name);
    return { ...plan, config: own, instruments: instrumentsOf(own) };
  };
  return {
    plan,
    open(name, epoch, state) {
      const worked = workedChain(planFor(name), name, epoch, predictor?.());
      if (state !== undefined) worked.restore(state.engine, state.predictor);
      return worked;
    },
  };
}

/** Rows of one call, which the events of a call take turns to fill. */
interface Emitted {
  rows: Row[];
  refused: number;
}

function workedChain(plan: Plan, name: string, epoch: number, predictor: Predictor | undefined) {
  let emitted: Emitted = { rows: [], refused: 0 };
  const engine = createEngine(plan, { onRows: (block) => appendRows(emitted.rows, block) }, { epoch });
  const names = plan.instruments.map((one) => one.name);
  return {
    async take(batch: EventBatch, skip: number) {
      requireNames(batch.instruments, names, name);
      emitted = { rows: [], refused: 0 };
      takeEvents(engine, batch.events, skip, emitted);
      const { rows, refused } = emitted;
      return { rows, predictions: predictor === undefined ? [] : await predicted(predictor, rows), refused };
    },
    state: () => ({ engine: engine.snapshot(), predictor: predictor?.snapshot() ?? new Uint8Array(0) }),
    restore(bytes: Uint8Array, sequence: Uint8Array): void {
      engine.restore(bytes, epoch);
      if (sequence.length > 0) predictor?.restore(sequence);
    },
  } satisfies WorkedChain & { restore: unknown };
}

function requireNames(found: readonly string[], own: readonly string[], chain: string): void {
  if (found.length === own.length && found.every((name, i) => name === own[i])) return;
  fail('input', `events of ${chain}`, `the instruments ${own.join(', ')}`, found.join(', '));
}

/** What the chain refuses it refuses wherever these events are taken; it goes on behind it. */
function takeEvents(engine: Engine, events: readonly BusEvent[], skip: number, emitted: Emitted): void {
  for (const event of events) {
    const count = countOf(event);
    const from = Math.min(skip, count);
    skip -= from;
    if (from === count) continue;
    if (event.kind === 'trades') takeTrades(engine, event, from, emitted);
    else if (isRefused(() => repeatEvent(engine, event, engine.plan))) emitted.refused++;
  }
}

function takeTrades(engine: Engine, event: TradesEvent, from: number, emitted: Emitted): void {
  const { block, arrival } = event;
  const facts = factsOf({ ...event, arrival: NaN }, engine.plan.instruments);
  while (from < block.length) {
    const start = from;
    let at = start;
    const place = (row: number): string => {
      at = start + row;
      return `trade ${at}`;
    };
    const rest = { ...facts, place, arrival: arrival?.subarray(start) };
    if (!isRefused(() => engine.push(start === 0 ? block : sliceTrades(block, start, block.length), rest))) return;
    emitted.refused++;
    from = at + 1;
  }
}

function isRefused(work: () => void): boolean {
  try {
    work();
    return false;
  } catch (error) {
    if (error instanceof MinotaurError && error.kind === 'input') return true;
    throw error;
  }
}

async function predicted(predictor: Predictor, rows: readonly Row[]): Promise<Prediction[]> {
  const predictions: Prediction[] = [];
  for (const row of rows) predictions.push(await predictor.push(row.time, row.values, 0, row));
  return predictions;
}
