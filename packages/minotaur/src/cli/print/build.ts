/** What build and replay say in words. */
import type { Manifest } from '../../runs.ts';
import { count, megabytes, tradeRate } from './figures.ts';
import { instrumentLine } from './instrument.ts';
import { coldLines, warmupLines } from './warmup.ts';

export function buildSummary({ counts, columns, ...manifest }: Manifest): string {
  const { warmup, digest, predictions, seconds, peakRssBytes, schemaId, inputs, instruments, told } = manifest;
  const { unread = [] } = manifest;
  const bars = Object.entries(counts.bars).map(([clock, n]) => `${clock} ${count(n)}`);
  return [
    ...inputs.map(
      ({ path, layout }) => `${path}${layout ? `: ${layout.layout}, ${layout.timeUnit}, ${layout.container}` : ''}`,
    ),
    `${count(counts.trades)} trades -> ${count(counts.rows)} rows of ${columns.length} columns, ${count(counts.readyRows)} ready`,
    `bars      ${bars.join(', ')}`,
    ...instruments.map((instrument) => instrumentLine(instrument, told[instrument.name])),
    ...leftOutLines(manifest),
    ...(unread.length === 0 ? [] : [`unread    ${unread.join(', ')} behind the last event of the driving instrument`]),
    ...problemLines(counts),
    ...(manifest.notes ?? []).map((note) => `note      ${note}`),
    ...holeLines(counts),
    ...warmupLines(warmup),
    ...coldLines(counts, warmup),
    `digest    ${digest}`,
    ...(predictions === undefined
      ? []
      : [`predicted ${count(predictions.predicted)} of ${count(predictions.rows)} rows, digest ${predictions.digest}`]),
    `schema    ${schemaId}`,
    `${seconds.toFixed(1)} s, ${tradeRate(counts.trades / seconds)}, ${megabytes(peakRssBytes)} MB at most`,
  ].join('\n');
}

function holeLines({ holes, missing, readyRows, completeRows }: Manifest['counts']): string[] {
  if (holes === 0) return [];
  const trades = missing === 0 ? '' : `, ${count(missing)} ids missing`;
  return [`holes     ${count(holes)}${trades}; ${count(readyRows - completeRows)} ready rows are not complete`];
}

function problemLines(counts: Manifest['counts']): string[] {
  const wrong = (['duplicate', 'disorder', 'invalid', 'gap'] as const).filter((name) => counts[name] > 0);
  if (wrong.length === 0) return [];
  const found = wrong.map((name) => `${counts[name]} ${name}`).join(', ');
  return [`problems  ${found}; ${counts.dropped} dropped (problems.jsonl)`];
}

/** Rows that are no trades of the instrument's. */
function leftOutLines({ leftOut }: Pick<Manifest, 'leftOut'>): string[] {
  const reasons = Object.entries(leftOut).map(([reason, rows]) => `${count(rows)} ${reason}`);
  return reasons.length === 0 ? [] : [`left out  ${reasons.join(', ')}`];
}
