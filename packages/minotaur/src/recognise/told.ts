/** What was recognised of a column, as a report tells it. */
import { count, percent } from 'minotaur-core/internal/base/figures';
import type { Agreement } from './agreement/agreement.ts';
import type { Form } from './agreement/forms.ts';
import type { Recognised } from './recognise.ts';

/** A column, and the expression of the catalogue that computes it. */
export interface RecognisedColumn {
  /** Its name. */
  readonly name: string;
  /** What computes it; where it looks ahead, what is nearest to it and does not; null where nothing was found. */
  readonly expression: string | null;
  /** Others that compute it as well: by the table they cannot be told apart. */
  readonly or: readonly string[];
  /** Whether the column is what the expression gives; null where nothing was found. */
  readonly form: RecognisedForm | null;
  /** Whether the column knows what its expression does not know yet. */
  readonly looksAhead: boolean;
  /** The length of the bars that the expression is over, as `1hour`; null where these are the rows. */
  readonly clock: string | null;
  /** How far the column is what the expression gives, in the form that was found; null where nothing was found. */
  readonly agreement: Agreement | null;
  /** All of it in a sentence. */
  readonly text: string;
}

/**
 * `same`; `late`: so many rows later; `scaled`: times a number, plus a number. Those that look ahead: `early`: so many rows sooner;
 * `zscore`, `minmax`, `rank`: by a statistic of the whole column; `atOpen`: of coarser bars, joined when they open. `opening` is the same of
 * what is known by then, as their open.
 */
export type RecognisedForm = Form | 'atOpen' | 'opening';

const AHEAD: ReadonlySet<RecognisedForm> = new Set(['early', 'zscore', 'minmax', 'rank', 'atOpen']);

/** Whether a column of this form knows what its expression does not know yet. */
const looksAhead = (form: RecognisedForm): boolean => AHEAD.has(form);

/** Tells of a column. */
export function tellRecognised({ name, made, or, coarse, named, nearest }: Recognised): RecognisedColumn {
  if (made === undefined) {
    const text = [unknownWords(nearest), ...(named === undefined ? [] : [namedWords(named, nearest)])].join('; ');
    return { name, expression: null, or: [], form: null, looksAhead: false, clock: null, agreement: null, text };
  }
  const form = coarse === undefined || coarse.joined === 'closed' ? made.form : coarse.joined;
  const { expression, agreement } = made;
  const clock = coarse?.clock ?? null;
  const others = or.length === 0 ? '' : `; as well ${or.join(', or ')}`;
  const text = `${formWords(form, expression, made.text, clock)}, ${agreementWords(agreement, clock === null ? 'row' : 'bar')}${others}`;
  return { name, expression, or, form, looksAhead: looksAhead(form), clock, agreement, text };
}

function formWords(form: RecognisedForm, expression: string, how: string, clock: string | null): string {
  const of = clock === null ? '' : ` of bars of ${clock}`;
  if (form === 'atOpen')
    return `is ${expression}${of} joined when they open: it looks ahead; a clock of ${clock} gives it when they have closed`;
  if (form === 'opening')
    return `is ${expression}${of} as they open, known by then; a clock of ${clock} gives it when they have closed`;
  if (!looksAhead(form)) return `is ${expression}${of}`;
  return form === 'early'
    ? `is ${expression} ${how}; the expression itself does not`
    : `is scaled ${how.replace(/^its/, 'as its')}; ${expression} takes the rows before`;
}

/** How well; `unit` is what is counted. */
function agreementWords({ level, start, rows, apart, kept }: Agreement, unit: 'row' | 'bar'): string {
  const behind = start === 0 ? '' : ` once the first ${count(start)} ${unit}${start === 1 ? ' is' : 's are'} over`;
  if (level === 'bits') return `to the bit${behind}`;
  if (level === 'rounding') return `to a thousand-millionth${behind}`;
  if (level === 'kept') return `${kept ?? ''}${behind}`;
  if (level === 'near') return `to a millionth${behind}`;
  return `in all but ${percent(Number((apart / rows).toPrecision(2)))} of the ${unit}s${behind}`;
}

function unknownWords(nearest: Recognised['nearest']): string {
  if (nearest === undefined) return 'nothing in the catalogue comes near it';
  return `not recognised; nearest is ${nearest.expression}, which leaves ${percent(Number(nearest.left.toPrecision(2)))} of its variance`;
}

function namedWords(named: string, nearest: Recognised['nearest']): string {
  return nearest?.expression === named
    ? 'it is called that, too, and is another one'
    : `it is called like ${named}, and is another one`;
}
