/**
 * Shadow: what a live session recorded against the history that its trades give, and those trades against the venue's. It
 * tells code, where the same trades gave other rows, from data, where the trades were others.
 */
import { count } from 'minotaur-core/internal/base/figures';
import { formatTime } from 'minotaur-core/internal/base/time';
import { result, type CheckResult } from '../harness/check.ts';
import { compareWithRebuild, type ShadowEntry, type ShadowModels } from './shadow-code.ts';
import { CLASSES, classifyTrades, type DataFindings } from './shadow-data.ts';
import type { VenueHole, VenueTrades } from './shadow-holes.ts';
import { rowsTouched, type RowRange } from './shadow-touched.ts';
import { releaseLines, watchReleases, type ReleaseFindings } from './shadow-releases.ts';
import type { Received } from './shadow-received.ts';
import type { CodeCounts, CodeDifference, Tally } from './shadow-difference.ts';
import { effectOnRows, type DataEffect } from './shadow-effect.ts';
import type { Divergence } from '../harness/divergence.ts';
import type { MakeEngine } from '../harness/sides.ts';

export interface ShadowResult extends CheckResult {
  readonly code: { readonly differences: number; readonly counts: CodeCounts; readonly first: CodeDifference | null };
  /** Null where the venue's trades were not given. */
  readonly data: DataResult | null;
  /** Null where nothing was released. */
  readonly releases: ReleaseFindings | null;
}

interface DataResult extends DataFindings {
  readonly effect: DataEffect;
  /** Rows that went out as complete, though trades before them were missing that nobody knew of. */
  readonly touched: readonly RowRange[];
  readonly differences: number;
}

export interface ShadowInput {
  /** The journal, from its beginning. */
  readonly entries: Iterable<ShadowEntry>;
  readonly make: MakeEngine;
  /** Predictions are compared where it is given. */
  readonly models?: ShadowModels | undefined;
  /** What the sessions received and the venue's trades of the same span. */
  readonly venue?: { readonly received: readonly Received[]; readonly official: readonly VenueTrades[] } | undefined;
  /** Awaited, now and then. */
  readonly onProgress?: (events: number) => void | Promise<void>;
}

const SHADOW = {
  name: 'shadow',
  law: 'a live session emitted, bit for bit, what its trades give',
} as const;
const WITH_VENUE = { ...SHADOW, law: `${SHADOW.law}, and its trades are the venue's` };

/** The check: fails for a difference in code, and for one in data, and says which it is. */
export async function shadow({ entries, make, models, venue, onProgress }: ShadowInput): Promise<ShadowResult> {
  const watch = watchReleases(make);
  const tally = await compareWithRebuild(watch.watch(entries), make, models, onProgress);
  const releases = watch.findings() ?? null;
  const { counts } = tally;
  const data = venue && compareData(venue.received, venue.official, make);
  const { sessions, events, trades, holes, rows, values, predictions, snapshots } = counts;
  const compared = {
    sessions,
    events,
    trades,
    ...(holes > 0 ? { holes } : {}),
    ...(counts.releases > 0 ? { releases: counts.releases } : {}),
    rows,
    values,
    ...(models === undefined ? {} : { predictions }),
    snapshots,
    ...(data ? { 'official trades': data.official } : {}),
  };
  const differences = codeDifferences(tally);
  const first = tally.first ? firstOfCode(tally.first) : (firstUnsaid(releases) ?? (data && firstOfData(data)));
  return {
    ...result(venue ? WITH_VENUE : SHADOW, compared, first),
    code: { differences, counts, first: tally.first ?? null },
    data: data ?? null,
    releases,
  };
}

/** A row that went out early says so, or it is a difference. */
function firstUnsaid(releases: ReleaseFindings | null): { message: string } | undefined {
  return releases === null || releases.unsaid === 0 ? undefined : { message: releaseLines(releases).join('; ').trim() };
}

function compareData(received: readonly Received[], official: readonly VenueTrades[], make: MakeEngine): DataResult {
  const { findings, matched } = classifyTrades(received, official);
  const effect = effectOnRows(matched, official, make, findings);
  const { missed, duplicated, reordered, revised, unknown } = findings.counts;
  const touched = rowsTouched(matched, make);
  return { ...findings, effect, touched, differences: missed + duplicated + reordered + revised + unknown };
}

function codeDifferences({ counts }: Tally): number {
  const { rowsDiffer, rowsMissing, rowsExtra, rowsMisplaced, rowsRenamed } = counts;
  const { predictionsDiffer, snapshotsDiffer, refusalsDiffer, holesDiffer } = counts;
  const rows = rowsDiffer + rowsMissing + rowsExtra + rowsMisplaced + rowsRenamed;
  return rows + predictionsDiffer + snapshotsDiffer + refusalsDiffer + holesDiffer;
}

function firstOfCode({ divergence, message, segment, byte }: CodeDifference): Divergence | { message: string } {
  return divergence ?? { message: `code: ${message} (${segment} byte ${byte})` };
}

function firstOfData(data: DataResult): CheckResult['first'] {
  if (data.differences === 0) return null;
  return { message: describeData(data).join('; ') };
}

/** `code: ...` and `data: ...`, a line each, and the first of each kind of difference below. */
export function describeShadow({ code, data, releases }: ShadowResult): string[] {
  const lines = [describeCode(code)];
  const released = releaseLines(releases);
  if (data === null) return [...lines, "data: not compared (it takes the venue's trades)", ...released];
  return [...lines, ...describeData(data), ...released];
}

const NAMES: readonly (readonly [keyof CodeCounts, string])[] = [
  ['rowsDiffer', 'rows of other bits'],
  ['rowsMissing', 'rows not emitted'],
  ['rowsExtra', 'rows that history does not have'],
  ['rowsMisplaced', 'rows after another event than theirs'],
  ['rowsRenamed', 'rows with the name of another'],
  ['predictionsDiffer', 'predictions'],
  ['snapshotsDiffer', 'snapshots'],
  ['refusalsDiffer', 'refusals'],
  ['holesDiffer', 'gaps in the ids'],
];

function describeCode({ differences, counts, first }: ShadowResult['code']): string {
  if (differences === 0 || first === null) return 'code: none';
  const parts = NAMES.filter(([name]) => counts[name] > 0).map(
    ([name, text]) => `${counts[name].toLocaleString('en')} ${text}`,
  );
  return `code: ${parts.join(', ')}; first after event ${first.events.toLocaleString('en')}: ${first.message} (${first.segment} byte ${first.byte})`;
}

function describeData(data: DataResult): string[] {
  const { differences, holes, touched, declared, refused, effect } = data;
  const beside = [
    ...(refused > 0 ? [`  ${count(refused)} trades were refused and not used`] : []),
    ...(declared > 0 ? [leftOutLine(declared, effect)] : []),
  ];
  if (differences === 0) return ['data: none', ...beside];
  const isOne = data.instruments.length === 1;
  const lines = holes.filter(({ known }) => known === null).map((hole) => holeLine(hole, isOne));
  const shown = lines.length > HOLES ? [...lines.slice(0, HOLES), `  and ${count(lines.length - HOLES)} more`] : lines;
  return [`data: ${differencesIn(data)}`, ...examplesOf(data), ...beside, ...shown, ...touchedLines(touched)];
}

/** Holes that are told one by one. */
const HOLES = 10;

function differencesIn({ counts, effect, revisedFields }: DataResult): string {
  const parts = CLASSES.filter((name) => counts[name] > 0).map((name) => {
    const fields = Object.entries(revisedFields).map(([field, n]) => `${field} ${n}`);
    return `${count(counts[name])} ${name}${name === 'revised' ? ` (${fields.join(', ')})` : ''}`;
  });
  const { rows, changed, lost, first } = effect;
  const what = first !== undefined && 'feature' in first ? `in ${first.feature}` : `(${first?.message})`;
  const at = first === undefined ? '' : `, first at ${formatTime(first.time)} ${what}`;
  const kept = lost === 0 ? '' : ` and lost ${count(lost)}`;
  return `${parts.join(', ')} trades; changed ${count(changed)} of ${count(rows)} rows${kept}${at}`;
}

/** The first of each kind, of each instrument. */
function examplesOf({ examples, instruments }: DataResult): string[] {
  return CLASSES.flatMap((name) =>
    instruments.flatMap((instrument) => {
      const example = examples[name].find((one) => one.instrument === instrument);
      if (example === undefined) return [];
      const fields =
        example.fields?.map(({ field, expected, found }) => `, ${field} ${expected} received as ${found}`).join('') ??
        '';
      const whose = instruments.length > 1 ? ` of ${instrument}` : '';
      return [`  first ${name}${whose}: id ${example.id}, ${formatTime(example.time)}${fields}`];
    }),
  );
}

function leftOutLine(declared: number, { leftOut, columnsLeftOut }: DataEffect): string {
  const columns = columnsLeftOut === 0 ? '' : `, and ${count(columnsLeftOut)} columns that remember it of those behind`;
  return `  ${count(declared)} trades are missing in holes that were declared: ${count(leftOut)} rows were left out${columns}`;
}

function holeLine({ from, to, missing, instrument }: VenueHole, isOne: boolean): string {
  return `  hole ${isOne ? '' : `of ${instrument} `}that nobody knew of: ${formatTime(from)} to ${formatTime(to)}, ${count(missing)} missing`;
}

function touchedLines(touched: readonly RowRange[]): string[] {
  if (touched.length === 0) return [];
  const ranges = touched.map(({ epoch, from, to }) => `${from} to ${to - 1}${epoch === 0 ? '' : ` of epoch ${epoch}`}`);
  const more =
    ranges.length > HOLES ? [...ranges.slice(0, HOLES), `${count(ranges.length - HOLES)} more ranges`] : ranges;
  return [`  rows that should have been incomplete: ${more.join(', ')}`];
}
