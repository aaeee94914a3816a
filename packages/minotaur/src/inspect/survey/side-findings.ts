/** What is to be said of sides. */
import { figure, percent } from 'minotaur-core/internal/base/figures';
import type { Instrument } from 'minotaur-core/internal/trades/instrument';
import type { SideMeaning } from 'minotaur-core/internal/trades/venues/profile';
import type { Finding } from './finding.ts';
import type { Survey } from './survey.ts';
import { ofInstrument } from './words.ts';

const WHOSE = { taker: 'taker', maker: 'maker', buyerMaker: 'buyer, the maker' } as const;

/** `means`: whose side it was read as; undefined of messages, which say it themselves. */
export function sideFindings(
  { sides, words, rows }: Survey,
  instrument: Instrument,
  means: SideMeaning | undefined,
): Finding[] {
  const findings: Finding[] = [];
  if (words.length > 0) {
    const total = words.reduce((sum, word) => sum + word.rows, 0);
    const said = words.map(({ word, rows: of }) => `"${word}" (${figure(of)})`).join(', ');
    findings.push({
      name: 'words',
      kind: 'wrong',
      text: `rows with a word for the side that is not known, which are dropped: ${figure(total)} of ${figure(rows)}; ${said}`,
      mend: ofInstrument(instrument, 'sides: { buy: [...], sell: [...] }'),
      places: words.map(({ place }) => place),
    });
  }
  const { verdict, agreement, asked, unknown, bought, sold } = sides;
  const share = `${percent(agreement ?? 0)} of ${figure(asked)} changes of the price`;
  if (verdict === 'reversed')
    findings.push({
      name: 'sides',
      kind: 'wrong',
      text: `the side is the other one${means === undefined ? '' : `, read as that of the ${WHOSE[means]}`}: it agrees with the tick rule in ${share}`,
      mend: means === undefined ? null : `input: { sideMeans: ${means === 'taker' ? 'maker' : 'taker'} }`,
      places: [],
    });
  if (verdict === 'unclear' && asked >= 30)
    findings.push({
      name: 'sides',
      kind: 'wrong',
      text: `the side says nothing of the price: it agrees with the tick rule in ${share}`,
      mend: null,
      places: [],
    });
  if (verdict === 'untold')
    findings.push({
      name: 'sides',
      kind: 'note',
      text: 'whose side sides are is not told: in which order the trades were made is not known',
      mend: null,
      places: [],
    });
  if (verdict === 'none' && unknown > 0)
    findings.push({
      name: 'sides',
      kind: 'note',
      text: 'there are no sides: features of flow are NaN, unless the tick rule infers them',
      mend: 'trades: { side: tickRule }',
      places: [],
    });
  if (unknown > 0 && bought + sold > 0)
    findings.push({
      name: 'sides',
      kind: 'note',
      text: `trades without a side: ${figure(unknown)}`,
      mend: null,
      places: [],
    });
  return findings;
}
