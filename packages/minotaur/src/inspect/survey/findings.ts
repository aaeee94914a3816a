/** From figures to findings: what of a survey a person has to know or decide. */
import { figure, percent } from 'minotaur-core/internal/base/figures';
import type { Instrument } from 'minotaur-core/internal/trades/instrument';
import type { Problem } from 'minotaur-core/internal/trades/intake';
import type { SideMeaning } from 'minotaur-core/internal/trades/venues/profile';
import { isLeap } from '../../files/trades/seam.ts';
import type { Finding } from './finding.ts';
import { lateHandling } from './late.ts';
import { priceFindings } from './price-findings.ts';
import { sideFindings } from './side-findings.ts';
import type { Survey } from './survey.ts';
import { ofInstrument } from './words.ts';

/** A symbol and its rows. */
export interface SymbolRows {
  /** As the files have it. */
  readonly symbol: string;
  /** Rows of it. */
  readonly rows: number;
}

/** What is known beside the survey. */
export interface Surveyed {
  readonly instrument: Instrument;
  /** Symbols that were left out. */
  readonly others: readonly SymbolRows[];
  /** Whose side the sides were read as. */
  readonly sideMeans: SideMeaning | undefined;
}

/** All findings; what has to be decided first. */
export function findingsOf(survey: Survey, { instrument, others, sideMeans }: Surveyed): Finding[] {
  const all = [
    ...symbolFindings(instrument, others),
    ...problemFindings(survey, instrument),
    ...orderFindings(survey),
    ...idFindings(survey, instrument),
    ...sideFindings(survey, instrument, sideMeans),
    ...priceFindings(survey, instrument),
  ];
  return [...all.filter(({ kind }) => kind === 'wrong'), ...all.filter(({ kind }) => kind === 'note')];
}

function symbolFindings({ symbol }: Instrument, others: readonly SymbolRows[]): Finding[] {
  if (others.length === 0) return [];
  const named = others.slice(0, 20).map((other) => `${other.symbol} (${figure(other.rows)})`);
  const text = `${figure(others.length + 1)} symbols: what is said here is of ${symbol}, rows of others are left out: ${named.join(', ')}`;
  return [{ name: 'symbols', kind: 'wrong', text, mend: `symbol: ${symbol}, or another of them`, places: [] }];
}

/** How a run would handle what the intake objects to. */
const OBJECTIONS: readonly (readonly [Problem, Finding['name'], string])[] = [
  ['invalid', 'invalid', 'rows that are no trades of the instrument, which are dropped'],
  ['time', 'times', 'times that cannot be, which a run rejects'],
  ['duplicate', 'duplicates', 'rows with an id that was seen before, which are dropped'],
];

function problemFindings({ problems, words }: Survey, instrument: Instrument): Finding[] {
  return OBJECTIONS.flatMap(([problem, finding, what]): Finding[] => {
    const found = problems[problem];
    // Words have a finding of their own.
    const rows = (found?.rows ?? 0) - (problem === 'invalid' ? words.reduce((sum, word) => sum + word.rows, 0) : 0);
    if (found === undefined || rows <= 0) return [];
    const text = `${what}: ${figure(rows)}; expected ${found.expected}, found ${found.found}`;
    const mends: Partial<Record<Problem, string | null>> = {
      invalid: pricesMend(found.found, instrument),
      time: 'trades: { times: drop }',
    };
    const kind = problem === 'duplicate' ? 'note' : 'wrong';
    return [{ name: finding, kind, text, mend: mends[problem] ?? null, places: found.places }];
  });
}

/** Of a price that is not above 0, which an instrument may well have. */
function pricesMend(found: string, instrument: Instrument): string | null {
  const price = Number(/price (-?[\d.e+-]+)/.exec(found)?.[1] ?? NaN);
  return price <= 0 ? `${ofInstrument(instrument, 'prices: { min: -1000 }')}, where prices can be 0 or below` : null;
}

function orderFindings({ problems, disorder, span }: Survey): Finding[] {
  const found = problems.disorder;
  if (found === undefined) return [];
  const late = disorder.late === 0 ? '' : `, by ${figure(disorder.seconds)} s at most`;
  const text = `late trades, which a run rejects: ${figure(found.rows)}${late}; expected ${found.expected}, found ${found.found}`;
  const mend = `trades: ${lateHandling(found.rows, span.trades, disorder.seconds).text}`;
  return [{ name: 'disorder', kind: 'wrong', text, mend, places: found.places }];
}

function idFindings({ ids, holes, counts }: Survey, instrument: Instrument): Finding[] {
  const findings: Finding[] = [];
  if (ids.kind === 'none' && instrument.venue !== null) {
    // An archive may lack the ids that the venue's stream has.
    const text = `the files have no ids, which of ${instrument.venue} are ${instrument.ids}: what is missing in them, or there twice, is not told`;
    if (instrument.ids !== 'none') findings.push({ name: 'id-kind', kind: 'note', text, mend: null, places: [] });
  } else if (ids.kind !== instrument.ids) {
    const text = `ids are ${instrument.ids} by ${instrument.venue === null ? 'the first trades' : `the profile of ${instrument.venue}`}, ${ids.kind} over all rows`;
    const mend = ofInstrument(instrument, `ids: ${ids.kind}`);
    findings.push({ name: 'id-kind', kind: 'wrong', text, mend, places: [] });
  }
  if (counts.missing > 0) {
    const [worst] = holes.worst;
    const most = worst === undefined ? '' : `; the worst lacks ${figure(worst.missing)} in ${figure(worst.seconds)} s`;
    const share = percent(counts.missing / (counts.missing + counts.trades));
    const text = `ids that are missing: ${figure(counts.missing)} (${share}), holes: ${figure(holes.holes)}${most}; rows behind one are not complete for a while`;
    // So many cannot have been traded: they are none of this market's.
    const mend =
      worst !== undefined && isLeap(worst.missing, worst.seconds)
        ? 'the trades of each market in files of their own: ids leap where another one begins'
        : `${ofInstrument(instrument, 'officialGaps: true')}, where the venue's own record lacks them`;
    findings.push({ name: 'holes', kind: 'wrong', text, mend, places: holes.worst.map(({ place }) => place) });
  }
  return findings;
}
