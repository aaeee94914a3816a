/** Foreign feature code, put to all experiments and judged. */
import { createBench } from './experiments/bench.ts';
import { evidenceOf, isCutAlone, type Evidence } from './experiments/evidence.ts';
import type { FutureExperiment } from './experiments/experiment.ts';
import { createLab, type Budget, type Lab } from './experiments/lab.ts';
import { runFutures } from './experiments/futures.ts';
import { observe, type Observations } from './experiments/observe.ts';
import { COUNTS, type Counts } from './experiments/plan.ts';
import { signatureOf, trace, traceable, type Trace } from './experiments/trace.ts';
import type { Reference } from './experiments/reference.ts';
import type { ForeignTable } from './table/table.ts';
import type { Target } from './target/target.ts';
import { judgeColumn, type ColumnReport } from './verdicts/column.ts';
import { findingsOf, type ForeignFinding } from './verdicts/findings.ts';

export interface JudgeOptions {
  readonly budget: Budget;
  /** Of cuts, futures and generators. */
  readonly seed: number;
  /** Random cuts. */
  readonly cuts?: number | undefined;
  /** Columns that are labels. */
  readonly labels?: readonly string[] | undefined;
  /** Rows of the declared training span. */
  readonly trained?: number | undefined;
  readonly window?: number | undefined;
  /** Columns of the file that the code is not given: named where it fails. */
  readonly leftOut?: readonly string[] | undefined;
  readonly signal?: AbortSignal | undefined;
  readonly onRun?: ((done: number) => void) | undefined;
}

/** What experiments say of code. */
export interface Judged {
  /** Whether no column and no row fails. */
  readonly holds: boolean;
  /** Whether a column could be tested at all. */
  readonly answered: boolean;
  /** The verdict on each column. */
  readonly columns: readonly ColumnReport[];
  /** What is to be known beside them. */
  readonly findings: readonly ForeignFinding[];
  /** Runs of the code. */
  readonly runs: number;
  /** Seconds that the code took in all of them. */
  readonly codeSeconds: number;
  /** Seconds that it took in the first. */
  readonly runSeconds: number;
}

/** What was judged, and the run that it was judged by. */
export interface Judgement extends Judged {
  readonly reference: Reference;
}

/** Groups of columns that are traced: those that look ahead in the same rows are traced once. */
const TRACED = 10;

/** Judges code over a table. @throws {MinotaurError} where it fails on the table as it is */
export async function judge(target: Target, table: ForeignTable, options: JudgeOptions): Promise<Judgement> {
  const { seed, labels = [], cuts = COUNTS.cuts, trained = 0 } = options;
  const counts: Counts = { ...COUNTS, cuts };
  const lab = createLab(target, options);
  const name = target.name;
  const first = await observe(lab, table, {
    counts,
    seed,
    trained,
    window: options.window,
    name,
    labels,
    leftOut: options.leftOut,
    guessed: target.guessed,
  });
  const observations = await pursueEdges(lab, first, seed);
  const evidence = evidences(observations);
  const traces = await traceAll(lab, observations, evidence, seed);
  const done = observations.futures.filter(
    ({ experiment }) => experiment.kind === 'cut' && experiment.isEvent !== true,
  );
  const seen = [...target.loading, ...observations.seen];
  const readsElsewhere = seen.some(([kind]) => kind === 'file read' || kind === 'network' || kind === 'program');
  const judging = { observations, labels, evidence, traces, cuts: done.length, readsElsewhere };
  const columns = observations.names.map((column) => judgeColumn(judging, column));
  const findings = findingsOf({
    observations,
    columns,
    labels,
    cuts: done.length,
    loading: target.loading,
    isWatched: target.isWatched,
  });
  return {
    holds: !columns.some(({ fails }) => fails) && !findings.some(({ fails }) => fails),
    answered: columns.some(({ verdict }) => verdict !== 'untested'),
    columns,
    findings,
    ...lab.spent(),
    runSeconds: observations.runSeconds,
    reference: observations.reference,
  };
}

function evidences({ futures, names, unstable }: Observations): ReadonlyMap<string, Evidence> {
  return new Map(names.map((name) => [name, evidenceOf(unstable.get(name) === 'chance' ? [] : futures, name)]));
}

/** What cuts alone have shown is looked for in other futures from the same rows on: only then it is told from a leak. */
async function pursueEdges(lab: Lab, observations: Observations, seed: number): Promise<Observations> {
  const rows = [...evidences(observations).values()]
    .filter(isCutAlone)
    .flatMap(({ hits }) => hits.slice(0, 3).map(({ done }) => done.experiment.at));
  const chosen = [...new Set(rows)].filter((at) => at < observations.whole.rows).slice(0, 6);
  const again = chosen.map((at): FutureExperiment => ({ kind: 'garble', at, future: 'plain', isEvent: true }));
  if (again.length === 0) return observations;
  const { whole, reference, futures, refused, undone } = observations;
  const bench = createBench(lab, reference);
  const more = await runFutures(bench, observations, whole, again, seed + 1);
  return {
    ...observations,
    futures: [...futures, ...more],
    refused: [...refused, ...bench.refused],
    undone: [...undone, ...bench.undone],
  };
}

/** Traces one column of each group of those that look ahead in the same rows. */
async function traceAll(
  lab: Lab,
  observations: Observations,
  evidence: ReadonlyMap<string, Evidence>,
  seed: number,
): Promise<ReadonlyMap<string, Trace>> {
  const leaking = [...evidence].filter(([, { hits }]) => traceable(hits) !== undefined);
  const groups = new Map<string, (typeof leaking)[number][]>();
  for (const column of leaking) {
    const signature = signatureOf(column[1].hits);
    groups.set(signature, [...(groups.get(signature) ?? []), column]);
  }
  const largest = [...groups.values()].toSorted((a, b) => b.length - a.length).slice(0, TRACED);
  const traced = await Promise.all(
    largest.map(async (group) => {
      const [name, { hits }] = group[0];
      const found = await trace(
        lab,
        observations,
        seed,
        name,
        traceable(hits) as NonNullable<ReturnType<typeof traceable>>,
      );
      return found === undefined ? [] : group.map(([column]) => [column, found] as const);
    }),
  );
  return new Map(traced.flat());
}
