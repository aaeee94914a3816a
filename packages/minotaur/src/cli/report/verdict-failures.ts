/** What failed: where, the values around the first divergence, what it usually comes from, and a command that fails. */
import { formatTime } from 'minotaur-core/internal/base/time';
import type { Divergence, Neighbour } from '../../verify/harness/trace.ts';
import type { Verdict } from '../../verify/verify.ts';
import type { ReproFile } from '../repro.ts';
import { escapeHtml } from './html.ts';

const STYLE = `<style>
.around td { white-space: nowrap; font-variant-numeric: tabular-nums; } .around tr.off { background: var(--tint); } .around u { text-decoration-color: var(--bad); text-decoration-thickness: 2px; }
details.failure { background: var(--card); border: 1px solid var(--line); border-radius: 8px; padding: 10px 16px; margin: 10px 0; } .failure summary { cursor: pointer; font-weight: 600; } .failure dl { display: grid; grid-template-columns: max-content 1fr; gap: 2px 14px; margin: 10px 0; } .failure dt { color: var(--soft); } .failure dd { margin: 0; overflow-wrap: anywhere; } pre { background: var(--paper); border: 1px solid var(--line); border-radius: 6px; padding: 8px 10px; margin: 6px 0; font: 13px/1.45 ui-monospace, monospace; overflow-x: auto; }
.failure dd code { color: var(--soft); white-space: nowrap; }
</style>`;

const inCode = (text: string): string => escapeHtml(text).replaceAll(/`(.+?)`/g, '<code>$1</code>');

/** Where a divergence lies, in a sentence. */
export function placeOf({ stage, clock, row, trade, time, feature }: Divergence): string {
  if (stage === 'count')
    return `one side has more ${clock === '' ? 'rows' : `bars of clock ${clock}`}, from ${formatTime(time)} on`;
  const place = clock === '' ? `row ${row}` : `clock ${clock}, bar ${row}`;
  const closing = Number.isNaN(trade) ? '' : `, closed by trade ${trade.toLocaleString('en')}`;
  return `${feature}: ${place} at ${formatTime(time)}${closing}`;
}

/** What a failure of a check usually comes from, for whoever has never seen one. */
const HINTS: Readonly<Record<string, string>> = {
  parity:
    'History saw something that live does not have yet, or one of them forgets what the other keeps. An operator that reads a row at or after `to`, or keeps something outside its slots, does that.',
  blocks: 'A value depends on where a block of input ends, so on how the data happened to be cut.',
  snapshot: 'Something that values depend on is not in the snapshot: state outside the slots of an operator.',
  'fresh-process': 'Something that values depend on lives in the process, and not in the snapshot or the events.',
  workers: 'Something that values depend on lives in a thread, or depends on how the events were cut.',
  runtimes:
    'A function gives other bits on another version of Node, or values depend on the process or on how the events were cut.',
  lookahead:
    'A value changes when events after it change: it knows the future. A model trained on it looks better than it can ever be.',
  availability: 'A row holds a bar that was not known at its time, or not the newest that was.',
  order: 'Trades that are late, tied, missing or twice there are not handled as the configuration declares.',
  conservation: 'A bar does not hold exactly the trades that are its own.',
  readiness: 'A value is there before its lookback is filled, or missing without a declared reason.',
  purity: 'A value depends on something other than the trades: a clock, chance, a file, a table.',
  operators:
    'An operator of your own breaks its contract on rows that these events do not have. Live, one day, they will come.',
  memory:
    'A feature remembers its start for longer than it declares: live, after a restart, it is not what history was.',
};

/** What is compared with what, where a check says it; otherwise it is what is expected and what was found. */
const SIDES: Readonly<Record<string, readonly [string, string]>> = {
  parity: ['history', 'live'],
  blocks: ['one block', 'other blocks'],
  snapshot: ['without a stop', 'restored'],
};

/** A section for each failure, the first one open. Features named are offered to the lineage. */
export function failures(
  { checks }: Verdict,
  reproducers: readonly ReproFile[],
  featureOf: (first: Divergence) => string | undefined = () => undefined,
): string {
  const failed = checks.filter(({ holds }) => !holds);
  const cards = failed.map((check, i) => {
    const { name, law, first } = check;
    const repro = reproducers.find((file) => file.check === name);
    const told =
      first === null
        ? ''
        : 'message' in first
          ? `<p>${escapeHtml(first.message)}</p>`
          : divergence(first, SIDES[name] ?? ['expected', 'found']) + lineageButton(featureOf(first));
    const hint = name in HINTS ? `<p>${inCode(HINTS[name])}</p>` : '';
    const command =
      repro === undefined
        ? ''
        : `<p>${repro.events.toLocaleString('en')} events are enough to see it; this fails on them:</p><pre>${escapeHtml(repro.command)}</pre>`;
    return `<details class="failure" id="failure-${escapeHtml(name)}"${i === 0 ? ' open' : ''}><summary><span class="fails">&#10007;</span> ${escapeHtml(name)}: ${escapeHtml(law)}</summary>${hint}${told}${command}</details>`;
  });
  return cards.length === 0 ? '' : STYLE + cards.join('\n');
}

function lineageButton(feature: string | undefined): string {
  if (feature === undefined) return '';
  const name = escapeHtml(feature);
  return `<p><button type="button" data-lineage="${name}">Where ${name} comes from</button></p>`;
}

const STAGES: Readonly<Record<Divergence['stage'], string>> = {
  bars: 'bars, made from trades',
  features: 'features, computed over bars',
  rows: 'rows, joined from the clocks',
  inputs: 'what the model is given',
  predictions: 'predictions',
  count: 'number of bars or rows',
};

function divergence(first: Divergence, [a, b]: readonly [string, string]): string {
  const { stage, clock, row, trade, time, feature, expected, found, expectedBits, foundBits, around } = first;
  const facts = [
    ['first difference in', STAGES[stage]],
    ['feature', feature],
    ...(clock === ''
      ? [['row', row.toLocaleString('en')]]
      : [['bar', `${row.toLocaleString('en')} of clock ${clock}`]]),
    ...(Number.isNaN(trade) ? [] : [['trade', trade.toLocaleString('en')]]),
    ['time', formatTime(time)],
    [a, `${expected}\n${expectedBits}`],
    [b, `${found}\n${foundBits}`],
  ];
  const list = facts
    .map(([term, value]) => {
      const [text, bits] = value.split('\n').map(escapeHtml);
      return `<dt>${term}</dt><dd>${text}${bits === undefined ? '' : ` <code>${bits}</code>`}</dd>`;
    })
    .join('');
  return `<dl>${list}</dl>${around.length === 0 ? '' : aroundTable(around, [clock === '' ? 'row' : 'bar', a, b, 'time', `bits ${a}`, `bits ${b}`])}`;
}

/** The rows before and after, what differs marked. */
function aroundTable(around: readonly Neighbour[], header: readonly string[]): string {
  const rows = around.map(({ row, time, expected, found, expectedBits, foundBits }) => {
    const off = expectedBits !== foundBits;
    const bits = off ? differentDigits(expectedBits, foundBits) : escapeHtml(foundBits);
    const cells = [row.toLocaleString('en'), expected ?? 'none', found ?? 'none', formatTime(time), expectedBits];
    return `<tr${off ? ' class="off"' : ''}>${cells.map((cell, i) => `<td>${i === 4 ? `<code>${cell}</code>` : escapeHtml(String(cell))}</td>`).join('')}<td><code>${bits}</code></td></tr>`;
  });
  const head = header.map((cell) => `<th>${cell}</th>`);
  return `<div class="scroll"><table class="around"><thead><tr>${head.join('')}</tr></thead><tbody>${rows.join('\n')}</tbody></table></div>`;
}

/** The digits of `found` that differ, underlined. */
function differentDigits(expected: string, found: string): string {
  const from = [...found].findIndex((digit, i) => digit !== expected[i]);
  return from < 0 ? escapeHtml(found) : `${escapeHtml(found.slice(0, from))}<u>${escapeHtml(found.slice(from))}</u>`;
}
