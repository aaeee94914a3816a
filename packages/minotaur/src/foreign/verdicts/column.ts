/** The verdict on a column. */
import { percent } from 'minotaur-core/internal/base/figures';
import { isCutAlone, type Evidence, type ExperimentCount } from '../experiments/evidence.ts';
import type { FutureKind } from '../experiments/experiment.ts';
import type { Cause, Observations } from '../experiments/observe.ts';
import { shareFound } from '../experiments/plan.ts';
import type { Trace } from '../experiments/trace.ts';
import { holeOf, type HoleVerdict } from './missing.ts';
import { startOf, type StartVerdict } from './start.ts';
import { windowOf, type WindowVerdict } from './window.ts';

/**
 * `future`: reads values that come after the row; `edge`: its last rows depend on whether there are later ones, not on what they
 * hold; `unstable`: differs between runs over one table; `label`: declared as one; `clean`: none of it was found; `untested`: it
 * holds nothing by which it could be told.
 */
export type VerdictKind = 'future' | 'edge' | 'unstable' | 'label' | 'clean' | 'untested';

/** The verdict on a column, and what else was found of it. */
export interface ColumnReport {
  /** Its name. */
  readonly name: string;
  /** What it is. */
  readonly verdict: VerdictKind;
  /** Whether a model that learns from it is told what it will not see live. */
  readonly fails: boolean;
  /** The verdict in a sentence. */
  readonly text: string;
  /** Experiments of each kind in which rows changed that must not, of how many. */
  readonly counts: Readonly<Record<FutureKind, ExperimentCount>>;
  /** How far it looks ahead; null where it does not, or that was not traced. */
  readonly reach: Trace | null;
  /** After how many rows a later start no longer shows; null where no start was tried. */
  readonly start: StartVerdict | null;
  /** After a bar without values. */
  readonly missing: HoleVerdict | null;
  /** After a gap. */
  readonly gap: HoleVerdict | null;
  /** In a live system's windows. */
  readonly window: WindowVerdict | null;
  /** Whatever else is to be known of it. */
  readonly notes: readonly string[];
}

export interface Judging {
  readonly observations: Observations;
  readonly labels: readonly string[];
  readonly evidence: ReadonlyMap<string, Evidence>;
  readonly traces: ReadonlyMap<string, Trace>;
  /** Random cuts that were done. */
  readonly cuts: number;
  /** Whether the code read files or the network, from which a column may come. */
  readonly readsElsewhere: boolean;
}

const CAUSES: Readonly<Record<Cause, string>> = {
  chance: 'is another one in a second run over the same table: chance, or something that is kept between runs',
  state: 'is another one in a second call in the same process: something is kept between calls',
  seed: 'follows the seed of a global generator, which the code does not set',
  zone: "follows the time zone of the machine's clock",
  interpreter: 'is another one in a new interpreter: the order of a set, or something that is kept between runs',
  clock: 'follows the clock of the machine',
};

/** Judges a column. */
export function judgeColumn(judging: Judging, name: string): ColumnReport {
  const { observations, traces } = judging;
  const evidence = judging.evidence.get(name) as Evidence;
  const reach = traces.get(name) ?? null;
  const told = tellColumn(judging, name, evidence, reach);
  return {
    name,
    ...told,
    counts: evidence.counts,
    reach,
    start: startOf(observations, name) ?? null,
    missing: holeOf(observations.missing, name) ?? null,
    gap: holeOf(observations.gap, name) ?? null,
    window: windowOf(observations, name) ?? null,
  };
}

type Told = Pick<ColumnReport, 'verdict' | 'fails' | 'text' | 'notes'>;

function tellColumn(judging: Judging, name: string, evidence: Evidence, reach: Trace | null): Told {
  const { observations, labels, cuts } = judging;
  const { unstable } = observations;
  const isLabel = labels.includes(name);
  const cause = unstable.get(name);
  const notes = notesOf(judging, name, evidence);
  const values = observations.reference.columns.get(name) as Float64Array;
  const constant = constantOf(values);
  if (cause === 'chance') return { verdict: 'unstable', fails: true, text: CAUSES.chance, notes };
  const aside = cause === undefined ? notes : [CAUSES[cause], ...notes];
  if (evidence.hits.length > 0 && !isLabel) {
    const isEdge = isCutAlone(evidence) && evidence.counts.garble.of >= 2 && !isFarEdge(judging, evidence);
    const text = isEdge ? edgeText(evidence) : futureText(judging, name, evidence, reach);
    return { verdict: isEdge ? 'edge' : 'future', fails: true, text, notes: aside };
  }
  if (cause !== undefined) return { verdict: 'unstable', fails: true, text: CAUSES[cause], notes };
  if (isLabel) {
    const text =
      evidence.hits.length > 0
        ? `declared a label; ${futureText(judging, name, evidence, reach)}`
        : 'declared a label; it was not seen to look ahead';
    return { verdict: 'label', fails: false, text, notes };
  }
  if (constant !== undefined)
    return { verdict: 'untested', fails: false, text: `${constant} in every row: nothing can be told by it`, notes };
  if (Object.values(evidence.counts).every(({ of }) => of === 0))
    return { verdict: 'untested', fails: false, text: 'no experiment had rows of it to compare', notes };
  if (judging.readsElsewhere && followsNothing(observations, name))
    return {
      verdict: 'untested',
      fails: false,
      text: 'follows nothing of its input, and the code reads files: it may come from there',
      notes,
    };
  const share = percent(Number(shareFound(Math.max(1, cuts)).toFixed(2)));
  return {
    verdict: 'clean',
    fails: false,
    text: `nothing found; a leak that shows at ${share} of random cuts would have been, nineteen times in twenty`,
    notes,
  };
}

/** In words what a column without a second value is. */
function constantOf(values: Float64Array): string | undefined {
  const first = values.find((value) => value === value);
  if (first === undefined) return 'no value';
  return values.every((value) => value === first) ? `the value ${first}` : undefined;
}

/** Whether what a cut changes reaches over more than the end of the table: then its length is what is read. */
function isFarEdge({ observations: { whole } }: Judging, { hits }: Evidence): boolean {
  return farthest(hits) > 0.2 * whole.rows;
}

const farthest = (hits: Evidence['hits']): number => Math.max(...hits.map(({ difference }) => difference.reach));

function edgeText({ hits }: Evidence): string {
  const rows = farthest(hits);
  return `its last ${rows === 1 ? 'row depends' : `${rows} rows depend`} on whether there are later ones, not on what they hold: live it is late, or another value`;
}

const KIND_WORDS: Readonly<Record<FutureKind, string>> = {
  cut: 'cuts',
  garble: 'other futures',
  hostile: 'hostile futures',
  early: 'other futures from early on',
  filled: 'futures behind a bar without values',
  bridged: 'futures behind a gap',
};

function futureText({ observations }: Judging, name: string, evidence: Evidence, reach: Trace | null): string {
  const { counts, hits } = evidence;
  const seen = (Object.keys(KIND_WORDS) as FutureKind[]).filter((kind) => counts[kind].hits > 0);
  const by = seen.map((kind) => `${counts[kind].hits} of ${counts[kind].of} ${KIND_WORDS[kind]}`).join(', ');
  const twin = twinOf(observations, name, reach);
  const equals = twin === undefined ? '' : `; it is ${twin} of that row`;
  return `reads the future: ${howFar(reach, hits, observations.whole.rows)}; seen by ${by}${equals}`;
}

function howFar(reach: Trace | null, hits: Evidence['hits'], rows: number): string {
  const of = reach === null || reach.inputs.length === 0 ? '' : `, of ${reach.inputs.join(', ')}`;
  if (reach !== null) return `${reach.isWhole ? 'to the end of the table' : `${reach.rows} rows ahead`}${of}`;
  const kinds = new Set(hits.map(({ done }) => done.experiment.kind));
  if ([...kinds].every((kind) => kind === 'filled')) return 'it fills bars without values from later ones';
  if ([...kinds].every((kind) => kind === 'bridged')) return 'it fills a gap from what comes after it';
  if ([...kinds].every((kind) => kind === 'cut')) return 'it depends on how many rows there are';
  // Across a gap rows are counted that are not there.
  const most = farthest(hits.filter(({ done }) => done.experiment.kind !== 'bridged'));
  return most > 0.5 * rows ? 'over the whole table' : `at least ${most} rows ahead`;
}

/** The column of the input that a column is, so many rows later: a shift says it best. */
function twinOf({ whole, reference }: Observations, name: string, reach: Trace | null): string | undefined {
  const values = reference.columns.get(name) as Float64Array;
  if (reach === null || !reference.isByRow || values.length < 2 * reach.rows) return undefined;
  return reach.inputs.find((input) => {
    const given = whole.columns.find((column) => column.name === input)?.values;
    return values.every((value, r) => {
      const theirs = given?.[reference.known[r] + reach.rows];
      return value === theirs || theirs === undefined;
    });
  });
}

function notesOf({ observations, labels }: Judging, name: string, { rounded, hits }: Evidence): string[] {
  const notes: string[] = [];
  if (rounded > 0 && hits.length === 0)
    notes.push(`differs by rounding alone, ${rounded.toExponential(0)} of its range`);
  const values = observations.reference.columns.get(name) as Float64Array;
  const label = labels.find((other) => {
    const theirs = observations.reference.columns.get(other);
    return (
      other !== name &&
      theirs?.every((value, r) => value === values[r] || (value !== value && values[r] !== values[r])) === true
    );
  });
  if (label !== undefined) notes.push(`is the label ${label}, value for value`);
  if (followsNothing(observations, name))
    notes.push('follows no value of its input: of the calendar alone, or from elsewhere');
  return notes;
}

/** Whether another future leaves it as it was, in the future too. */
function followsNothing({ futures, ranges }: Observations, name: string): boolean {
  const other = futures.filter(({ experiment, isOfWhole }) => experiment.kind === 'garble' && isOfWhole);
  return other.length >= 2 && ranges.has(name) && other.every(({ same }) => same.has(name));
}
