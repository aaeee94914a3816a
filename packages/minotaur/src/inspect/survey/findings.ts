/** From figures to findings: what of a survey a person has to know or decide. */
import type { Instrument } from 'minotaur-core/internal/trades/instrument';
import type { Problem } from 'minotaur-core/internal/trades/intake';
import type { SideMeaning } from 'minotaur-core/internal/trades/venues/profile';
import type { Finding } from './finding.ts';
import { lateHandling } from './late.ts';
import { priceFindings } from './price-findings.ts';
import { sideFindings } from './side-findings.ts';
import type { Survey } from './survey.ts';
import { number, percent } from './words.ts';

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
  const [first, ...rest] = others.slice(0, 20).map((other) => `${other.symbol} ${number(other.rows)} rows`);
  const text = `${others.length + 1} symbols: what is said here is of ${symbol}; left out are ${[first, ...rest].join(', ')}`;
  return [{ name: 'symbols', kind: 'wrong', text, mend: `symbol: ${symbol}`, places: [] }];
}

/** How a run would handle what the intake objects to. */
const OBJECTIONS: readonly (readonly [Problem, Finding['name'], string])[] = [
  ['invalid', 'invalid', 'are no trades of the instrument, and are dropped'],
  ['time', 'times', 'have times that cannot be, which a run rejects'],
  ['duplicate', 'duplicates', 'have an id that was seen before, and are dropped'],
];

function problemFindings({ problems, words }: Survey, { name }: Instrument): Finding[] {
  return OBJECTIONS.flatMap(([problem, finding, what]): Finding[] => {
    const found = problems[problem];
    // Words have a finding of their own.
    const rows = (found?.rows ?? 0) - (problem === 'invalid' ? words.reduce((sum, word) => sum + word.rows, 0) : 0);
    if (found === undefined || rows <= 0) return [];
    const text = `${number(rows)} rows ${what}: expected ${found.expected}, found ${found.found}`;
    const mends = { invalid: pricesMend(found.found, name), times: 'trades: { times: drop }' } as Record<
      string,
      string
    >;
    const kind = problem === 'duplicate' ? 'note' : 'wrong';
    return [{ name: finding, kind, text, mend: mends[finding] ?? null, places: found.places }];
  });
}

/** Of a price that is not above 0, which an instrument may well have. */
function pricesMend(found: string, name: string): string | null {
  const price = Number(/price (-?[\d.e+-]+)/.exec(found)?.[1] ?? NaN);
  return price <= 0 ? `instruments: { ${name}: { prices: { min: -1000 } } }, where prices can be 0 or below` : null;
}

function orderFindings({ problems, disorder, span }: Survey): Finding[] {
  const found = problems.disorder;
  if (found === undefined) return [];
  const late = disorder.late === 0 ? '' : `, by ${number(disorder.seconds)} s at most`;
  const text = `${number(found.rows)} trades are late${late}, which a run rejects: expected ${found.expected}, found ${found.found}`;
  const mend = `trades: ${lateHandling(found.rows, span.trades, disorder.seconds).text}`;
  return [{ name: 'disorder', kind: 'wrong', text, mend, places: found.places }];
}

function idFindings({ ids, holes, counts }: Survey, instrument: Instrument): Finding[] {
  const findings: Finding[] = [];
  if (ids.kind !== instrument.ids) {
    const text = `ids are ${instrument.ids} by ${instrument.venue === null ? 'the first trades' : `the profile of ${instrument.venue}`}, ${ids.kind} over all rows`;
    const mend = `instruments: { ${instrument.name}: { ids: ${ids.kind} } }`;
    findings.push({ name: 'id-kind', kind: 'wrong', text, mend, places: [] });
  }
  if (counts.missing > 0) {
    const [worst] = holes.worst;
    const most = worst === undefined ? '' : `; the worst lacks ${number(worst.missing)} in ${number(worst.seconds)} s`;
    const share = percent(counts.missing / (counts.missing + counts.trades));
    const text = `${number(counts.missing)} ids are missing (${share}) in ${number(holes.holes)} holes${most}: rows behind are not complete`;
    const mend = `instruments: { ${instrument.name}: { officialGaps: true } }, where the venue's own record lacks them`;
    findings.push({ name: 'holes', kind: 'wrong', text, mend, places: holes.worst.map(({ place }) => place) });
  }
  return findings;
}
