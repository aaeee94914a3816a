/**
 * L4, memory: a run that starts late agrees with one that has seen everything after what is declared, and a row that says it is
 * ready is the row of the full run.
 *
 * A violation: a bot that loaded the history which the warm-up asks for trades on other values than the backtest. Usual causes: a
 * recursion that fades more slowly than its declaration, a seed that is never forgotten, a sum since the first row, a start that
 * cuts a bar in two.
 *
 * Compared: the features of every clock and of rows, started anew at later bars or rows over the same ones (late-features.ts), with what they declare;
 * whole chains, started at later trades (late-chain.ts), with the bars and ready rows of the full run. What the late runs needed
 * is measured on the way: the warm-up certificate.
 *
 * Not found: a dependence on the start that no late start of this run showed: starts are many, but not every bar; a dependence of
 * bars on the start where bars carry their excess or expect the next one's length: those differ for good by their definition.
 */
import { mulberry32 } from 'minotaur-core/internal/base/random';
import type { Plan } from 'minotaur-core/internal/chain/plan';
import { ROWS } from 'minotaur-core/internal/chain/row-plan';
import type { Certificate } from '../harness/certificate.ts';
import { countEvents, result, type Check, type CheckResult } from '../harness/check.ts';
import type { Divergence } from '../harness/divergence.ts';
import { createRowColumns, createRowEvents, hasRows, type RowEvents } from '../harness/row-columns.ts';
import { sidesOf, type MakeEngine } from '../harness/sides.ts';
import type { Stretch } from '../harness/stretch.ts';
import type { Table } from '../harness/table.ts';
import { traceEngine, type TracedEngine } from '../harness/trace.ts';
import { certifyReady } from './certify-ready.ts';
import { certifyClocks, certifyRows, noteCloses, rowOf, type Closes } from './history.ts';
import { createLateChain, followStretch, type ChainAmounts, type FullRun, type LateChain } from './late-chain.ts';
import { clockSubject, createLateFeatures, type LateFeatures, type LateSubject } from './late-features.ts';
import { chooseStart } from './late-start.ts';

/** Whole chains are started in these parts of the events: early, for what needs much of them, and later. */
const PARTS = [
  [0, 0.02],
  [0.3, 0.5],
  [0.6, 0.8],
] as const;

/** L4: a run that starts late agrees with the full one after what is declared; measured into a certificate. */
export const memory: Check = {
  name: 'memory',
  law: 'L4: a run that starts late agrees with the full one after what is declared; a ready row is the row of the full run',
  async run(context) {
    const random = mulberry32(context.seed + 4);
    const { historical } = sidesOf(context);
    const full = traceEngine(historical);
    const { plan } = full.engine;
    const rowEvents = createRowEvents(plan);
    const subjects = [...plan.clocks.map(clockSubject), ...rowSubjects(full, rowEvents)];
    const features = subjects.map((subject) => createLateFeatures(subject, random));
    const anew = hasRows(plan) ? createRowColumns(plan) : undefined;
    const closes = subjects.map((): Closes => ({ trades: [], times: [] }));
    const chains = createLateChains(historical, await countEvents(context), random);
    const scale = new Float64Array(plan.columns.length);
    let first: Divergence | undefined;
    for await (const stretch of context.open()) {
      const before = full.engine.counts();
      full.clear();
      stretch.push(full.engine, 0, stretch.length);
      growScale(scale, full.trace.rows);
      rowEvents.take(full.trace);
      noteCloses(plan, full.trace, closes, rowEvents);
      const rows = anew?.take(full.trace.rows, 'found');
      const contradictions = features.map((one, s) =>
        one.compare(
          plan.clocks[s] === undefined ? (rows as Table) : (full.trace.bars.get(plan.clocks[s].name) as Table),
        ),
      );
      first =
        earliest(contradictions) ?? chains.follow(stretch, { ...full, before, after: full.engine.counts(), scale });
      context.onProgress?.(stretch.length);
      if (first !== undefined) break;
    }
    const { compared, certificate } = conclude(plan, features, closes, chains);
    return { ...result(this, compared, first, ['events', 'values']), certificate };
  },
};

/** The features of rows, where there are any. */
function rowSubjects({ engine }: TracedEngine, events: RowEvents): LateSubject[] {
  const { plan } = engine;
  if (!hasRows(plan)) return [];
  const { graph, warmup } = plan.rows;
  const place: LateSubject['place'] = ({ times }, r) => ({
    row: engine.counts().rows - times.length + r,
    trade: Math.floor(events.of(r) / 2),
  });
  // Features of rows go on over the rows.
  return [{ name: ROWS, graph, warm: warmup.rows, isAnew: () => false, place }];
}

interface LateChains {
  readonly events: number;
  readonly starts: number;
  readonly amounts: ChainAmounts;
  /** Hands a stretch to the late chains, and starts another where one is due; the first divergence, or nothing. */
  follow(stretch: Stretch, full: FullRun): Divergence | undefined;
}

function createLateChains(make: MakeEngine, events: number, random: () => number): LateChains {
  const wanted = PARTS.map(([from, to]) => Math.floor(events * (from + random() * (to - from))));
  const amounts: ChainAmounts = { rows: 0, readyRows: 0, values: 0, excused: 0 };
  let running: { readonly chain: LateChain; readonly from: number }[] = [];
  const chains = {
    events: 0,
    starts: 0,
    amounts,
    follow(stretch: Stretch, full: FullRun): Divergence | undefined {
      chains.events += stretch.length;
      const start = chains.events > (wanted[0] ?? Infinity) ? chooseStart(full, stretch, random) : undefined;
      if (start !== undefined) {
        wanted.shift();
        chains.starts++;
        running.push({ chain: createLateChain(make, start), from: start.index });
      }
      const still: typeof running = [];
      for (const { chain, from } of running) {
        const { first, over } = followStretch(chain, stretch, from, full, amounts);
        if (first !== undefined) return first;
        if (!over) still.push({ chain, from: 0 });
      }
      running = still;
      return undefined;
    },
  };
  return chains;
}

function earliest(divergences: readonly (Divergence | undefined)[]): Divergence | undefined {
  return divergences.reduce((a, b) => (a === undefined || (b !== undefined && b.time < a.time) ? b : a), undefined);
}

/** Brings the largest value of each column up to the rows of a stretch. */
function growScale(scale: Float64Array, { values, times }: Table): void {
  const width = values.length / Math.max(1, times.length);
  for (let r = 0; r < times.length; r++) {
    for (let v = 0; v < scale.length; v++) {
      const size = Math.abs(values[r * width + v]);
      if (size > scale[v] && size < Infinity) scale[v] = size;
    }
  }
}

/** What was compared, over all late runs, and what they measured. */
function conclude(
  plan: Plan,
  features: readonly LateFeatures[],
  closes: readonly Closes[],
  { events, starts, amounts }: LateChains,
): { compared: CheckResult['compared']; certificate: Certificate } {
  const measured = features.map((one) => one.finish());
  const sum = (of: readonly number[]): number => of.reduce((a, b) => a + b, 0);
  const compared = {
    events,
    featureStarts: sum(features.map((one) => one.starts)),
    chainStarts: starts,
    rows: amounts.rows,
    readyRows: amounts.readyRows,
    values: amounts.values + sum(features.map((one) => one.values)),
    excused: amounts.excused + sum(features.map((one) => one.excused)),
    untested: sum(measured.map((one) => one.untested)),
  };
  const clocks = certifyClocks(plan, closes);
  const rows = certifyRows(plan, closes);
  const certified = measured.flatMap((one) => one.features);
  const certificate: Certificate = {
    clocks: [...clocks, ...(rows === undefined ? [] : [rows])],
    row: rowOf(clocks, rows),
    ready: certifyReady(plan, certified),
    features: certified,
    curves: measured.flatMap((one) => one.curves),
  };
  return { compared, certificate };
}
