/** What `inspect` found, in words: for the terminal and for the page. */
import { duration, figure, percent } from 'minotaur-core/internal/base/figures';
import { formatTime } from 'minotaur-core/internal/base/time';
export { castsDoubt } from '../inspect/survey/finding.ts';
import type { InspectReport } from '../runs/inspection/inspect.ts';
import type { TradesInspection } from '../runs/inspection/trades-inspection.ts';
import { instrumentWords } from './instrument-words.ts';

/** Bars, or a series. */
type Table = Exclude<InspectReport, { kind: 'trades' }>;
type Fact = readonly [name: string, text: string];

/** What was found, term by term. */
export function factsOf(report: TradesInspection | Table): Fact[] {
  return report.kind === 'trades' ? tradeFacts(report) : tableFacts(report);
}

function tableFacts({ kind, rows, from, to, interval, columns }: Table): Fact[] {
  return [
    ['rows', `${figure(rows)} ${kind === 'bars' ? 'bars' : 'rows'}${timesOf(from, to)}`],
    ...(interval === null ? [] : [['length', `most bars open ${duration(interval)} after the one before`] as const]),
    ['columns', columns.join(', ')],
  ];
}

function timesOf(from: number | null, to: number | null): string {
  return from === null || to === null ? '' : `, ${time(from)} to ${time(to)}, ${duration((to - from) / 1e6)}`;
}

/** To the millisecond. */
const time = (micros: number): string => `${formatTime(micros).slice(0, 23).replace('T', ' ')}Z`;

function tradeFacts(report: TradesInspection): Fact[] {
  const { instrument, span: whole, resolution, ties, files, sizes, thresholds } = report;
  const { told, ...settled } = instrument;
  const { low, high } = whole;
  const tied = `${percent(ties.share)} have the time of the one before, at most ${figure(ties.longest)} have one time`;
  return [
    [
      'traded',
      instrumentWords(settled, told, report.isContractTold ? 'spot' : 'contract not told: counted as price x quantity'),
    ],
    [
      'span',
      `${figure(whole.trades)} of ${figure(report.rows)} rows are trades${timesOf(whole.from, whole.to)}; turnover ${figure(whole.turnover)}, volume ${figure(whole.volume)}`,
    ],
    ...(low === null || high === null ? [] : [['price', `${figure(low)} to ${figure(high)}`] as const]),
    ['time', `in ${files[0].timeUnit}, as fine as ${resolution.unit ?? 'nothing'}; ${tied}`],
    ['ids', idsText(report)],
    ['order', orderText(report)],
    ['sides', sidesText(report)],
    ['quote', quoteText(report)],
    ...(sizes.median === null || sizes.most === null
      ? []
      : [
          [
            'value',
            `half of the trades below ${figure(sizes.median)}, at most ${figure(sizes.most)}; ${percent(sizes.dust)} make a thousandth of the turnover`,
          ] as const,
        ]),
    ['silence', silenceText(report)],
    ...(thresholds.length === 0
      ? []
      : [
          [
            'bars',
            `dollar bars: ${thresholds.map(({ barsPerDay, threshold }) => `${figure(barsPerDay)} a day by ${figure(threshold)}`).join(', ')}`,
          ] as const,
        ]),
    ['warm-up', warmupText(report)],
  ];
}

/** Of the ids that should be there those of trades that a run uses; never `100 %` where one is missing, and nothing where no row is a trade. */
function shareText({ trades, missing }: TradesInspection['counts']): string {
  if (trades === 0) return '';
  return `, of which ${percent(Math.floor((1e4 * trades) / (trades + missing)) / 1e4)} are there`;
}

function idsText({ ids, counts, instrument }: TradesInspection): string {
  if (ids.ids === 0) return 'none';
  const absent = ids.absent === 0 ? '' : `, ${figure(ids.absent)} rows without one`;
  const range =
    ids.lowest === null || ids.highest === null
      ? ''
      : `, ${ids.lowest} to ${ids.highest}${instrument.ids === 'dense' ? shareText(counts) : ''}`;
  const missing = counts.missing === 0 ? '' : `, ${figure(counts.missing)} missing`;
  return `${instrument.ids}${range}${missing}; ${figure(counts.duplicate)} duplicates${absent}`;
}

function orderText({ disorder, counts, order }: TradesInspection): string {
  if (counts.disorder === 0 && disorder.late === 0) return 'in order';
  return `${figure(counts.disorder)} late, by ${figure(disorder.seconds)} s at most${RECKONED[order]}`;
}

const RECKONED = {
  stand: '',
  sorted: '; all else is of the trades in order of time',
  unknown: '; whose side sides are, jumps and silences are not told, as the order of time is not known',
} as const;

/** Changes of the price that are too few for a verdict. */
const FEW = 30;
const VERDICTS = {
  agree: 'they agree',
  reversed: 'they are reversed',
  unclear: 'they do not agree',
  none: 'none',
  untold: 'not told',
} as const;

function sidesText({ sides }: TradesInspection): string {
  const { bought, sold, agreement, asked, verdict } = sides;
  if (verdict === 'none') return 'none';
  const share = `${percent(bought / (bought + sold))} of the trades bought`;
  if (agreement === null) return share;
  return `${share}; with the tick rule in ${percent(agreement)} of ${figure(asked)} changes of the price${asked < FEW ? '' : `: ${VERDICTS[verdict]}`}`;
}

function quoteText({ quote }: TradesInspection): string {
  if (quote === null) return 'no column for it';
  const { compared, equal, wrong } = quote;
  const fits = wrong === 0 ? 'price times quantity' : `wrong in ${figure(wrong)}`;
  return `${fits} of ${figure(compared)} trades, to the bit in ${percent(equal / compared)}`.replace(
    'quantity of',
    'quantity in all',
  );
}

function silenceText({ holes }: TradesInspection): string {
  const [longest] = holes.silences;
  return longest === undefined ? 'none' : `at most ${duration(longest.seconds)}, before ${longest.place}`;
}

function warmupText({ draft }: TradesInspection): string {
  if (draft === null) return 'too short for rows of any configuration that init writes';
  const { features, threshold, hours, share, rows } = draft;
  return `${duration(hours * 3600)}, ${percent(share)} of the span, for about what init would write: ${features}, dollar bars of ${figure(threshold)}, ${figure(rows)} rows at most; init tries it on the files and may choose others`;
}
