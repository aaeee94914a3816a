/** What is to be said of prices, values and hours. */
import { figure, percent } from 'minotaur-core/internal/base/figures';
import { formatTime } from 'minotaur-core/internal/base/time';
import type { Instrument } from 'minotaur-core/internal/trades/instrument';
import type { Jump } from '../measures/jumps.ts';
import type { Finding } from './finding.ts';
import { hoursInWords } from './open-hours.ts';
import type { Survey } from './survey.ts';
import { ofInstrument } from './words.ts';

/** Of the trades, from which on dust is worth a word. */
const DUSTY = 0.1;
/** Hours of the week without trades, of those that the span has, that are sessions and no accident. */
const CLOSED = 0.05;

export function priceFindings(survey: Survey, instrument: Instrument): Finding[] {
  return [
    ...quoteFindings(survey),
    ...jumpFindings(survey, instrument),
    ...sessionFindings(survey),
    ...dustFindings(survey),
  ];
}

function quoteFindings({ quote }: Survey): Finding[] {
  if (quote === null || quote.wrong === 0) return [];
  const ratio = quote.ratio === null ? '' : `, typically ${figure(quote.ratio)} times`;
  const text = `the quote column is not price times quantity in ${figure(quote.wrong)} of ${figure(quote.compared)} trades${ratio}; turnover is price times quantity, and the column is not used`;
  return [
    {
      name: 'quote',
      kind: 'wrong',
      text,
      mend: 'contract and size of the instrument, where it counts contracts',
      places: quote.examples,
    },
  ];
}

/** Leaps that are no mistakes of single trades any more. */
const MANY = 10;

const step = ({ before, price }: Jump): string => `${figure(before)} to ${figure(price)}`;

/** So many orders of magnitude are no market: what else would be said of its prices is not worth saying. */
function leapFinding({ leaps, firstLeap, outliers }: Survey['jumps'], instrument: Instrument): Finding[] {
  // The print of a single trade is two of them: out, and back.
  if (firstLeap === null || leaps - 2 * outliers < MANY) return [];
  const text = `the price steps to ten times as much or to a tenth ${figure(leaps)} times, first from ${step(firstLeap)}: from there on these are no prices, or those of several instruments`;
  const mend = `files of one layout and one instrument each; ${ofInstrument(instrument, 'prices: { min: ..., max: ... }')}, where single prices cannot be`;
  return [{ name: 'jumps', kind: 'wrong', text, mend, places: [firstLeap.place] }];
}

function jumpFindings({ jumps }: Survey, instrument: Instrument): Finding[] {
  const leaps = leapFinding(jumps, instrument);
  if (leaps.length > 0) return leaps;
  const splits = jumps.largest.filter(({ factor }) => factor !== null);
  const findings = splits.map((jump): Finding => {
    const factor = Number((jump.factor ?? 1).toPrecision(6));
    const text = `the price steps from ${step(jump)} and stays there, as by a split: ${factor} for 1`;
    const time = formatTime(jump.time)
      .replace(/\.0+Z$/, 'Z')
      .replace(/(\.\d{3})\d+Z$/, '$1Z');
    const mend = ofInstrument(instrument, `adjustments: [{ time: '${time}', factor: ${factor} }]`);
    return { name: 'split', kind: 'wrong', text, mend, places: [jump.place] };
  });
  const others = jumps.largest.filter(({ factor }) => factor === null);
  const rest = jumps.jumps - splits.length;
  if (rest > 0 && others.length > 0)
    findings.push({
      name: 'jumps',
      kind: 'note',
      text: `jumps of the price that stay: ${figure(rest)}, at most from ${step(others[0])}`,
      mend: null,
      places: others.map(({ place }) => place),
    });
  if (jumps.outliers > 0)
    findings.push({
      name: 'outliers',
      kind: 'note',
      text: `prices far from those before and behind: ${figure(jumps.outliers)}, at most ${step(jumps.farthest[0])}`,
      mend: `${ofInstrument(instrument, 'prices: { min: ..., max: ... }')}, where they cannot be`,
      places: jumps.farthest.map(({ place }) => place),
    });
  return findings;
}

function sessionFindings({ sessions }: Survey): Finding[] {
  const covered = sessions.covered.filter((times) => times > 0).length;
  if (covered < 24 || sessions.closed.length < CLOSED * covered) return [];
  const text = `nothing is traded in ${sessions.closed.length} of ${covered} hours of the week (UTC): ${hoursInWords(sessions.closed)}`;
  return [
    { name: 'sessions', kind: 'note', text, mend: '{ bars: time, session: nyse }, for bars of sessions', places: [] },
  ];
}

function dustFindings({ sizes }: Survey): Finding[] {
  if (sizes.dust < DUSTY || sizes.dustBelow === null) return [];
  const text = `${percent(sizes.dust)} of the trades, worth less than ${figure(sizes.dustBelow)} each, make a thousandth of the turnover: count dollars rather than trades`;
  return [{ name: 'dust', kind: 'note', text, mend: null, places: [] }];
}
