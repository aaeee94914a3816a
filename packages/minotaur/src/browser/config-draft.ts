/** A configuration to begin with, as a visitor reads and changes it. */
import type { ConfigInput } from 'minotaur-core/internal/config/config';
import { oneLine } from 'minotaur-core/internal/base/printable';
import type { DraftBase } from '../inspect/draft/draft.ts';
import { tradesWords } from '../inspect/draft/draft-text.ts';
import { instrumentSection, section } from '../inspect/draft/sections.ts';
import type { SpanReport } from '../inspect/measures/span.ts';
import type { Handed } from './handed.ts';

/** Bars of trades that are too few for any draft of `init`. */
const PLAIN_BARS = 20;

/** Bars of so many trades each, where the span is too short for bars of value and time. */
export function plainDraft(base: DraftBase, { trades }: SpanReport): ConfigInput {
  return {
    ...base,
    clocks: { short: { bars: 'tick', threshold: Math.max(1, Math.floor(trades / PLAIN_BARS)) } },
    drive: 'short',
    features: { short: ['close', 'num_ticks', 'trade_imbalance', 'log_return(close) as log_return_close'] },
  };
}

/** YAML with comments. */
export function configText(
  { symbol, instruments, calendars, input, trades, clocks, drive, ready, features }: ConfigInput,
  { name, origin }: Pick<Handed, 'name' | 'origin'>,
): string {
  const parts = [
    `# Suggested for ${oneLine(name)}. The command line makes the same bits of it:`,
    ...[...origin, `npx minotaur build --config THIS.yaml --trades ${oneLine(name)} --out run`].map(
      (line) => `#   ${line}`,
    ),
    instrumentSection(symbol, instruments),
    ...(calendars === undefined ? [] : [section('Sessions of exchanges.', { calendars })]),
    ...(input === undefined ? [] : [section('How the file is read.', { input })]),
    ...(trades === undefined ? [] : [section(tradesWords(trades), { trades })]),
    section('Bars. A lower threshold gives more rows, which are ready sooner.', { clocks, drive }),
    ...(ready === undefined
      ? []
      : [section('How much of the start may be left in a row that is marked ready.', { ready })]),
    section('Features of each clock: a column of its bars, or an expression, as `rsi(close, 14)` is.', { features }),
  ];
  return `${parts.join('\n')}\n`;
}
