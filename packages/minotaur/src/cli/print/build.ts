/** What build and replay say in words. */
import { holeWords, takenWords } from '../../runs/chain/taken-words.ts';
import type { Manifest } from '../../runs.ts';
import { count, megabytes, tradeRate } from './figures.ts';
import { instrumentLine } from './instrument.ts';
import { coldLines, warmupLines } from './warmup.ts';

export function buildSummary({ counts, columns, ...manifest }: Manifest): string {
  const { warmup, digest, predictions, seconds, peakRssBytes, schemaId, inputs, instruments, told } = manifest;
  const bars = Object.entries(counts.bars).map(([clock, n]) => `${clock} ${count(n)}`);
  return [
    ...inputs.map(
      ({ path, layout }) => `${path}${layout ? `: ${layout.layout}, ${layout.timeUnit}, ${layout.container}` : ''}`,
    ),
    `${count(counts.trades)} trades -> ${count(counts.rows)} rows of ${columns.length} columns, ${count(counts.readyRows)} ready`,
    `bars      ${bars.join(', ')}`,
    ...instruments.map((instrument) => instrumentLine(instrument, told[instrument.name])),
    ...takenLines({ ...manifest, counts }, ' (problems.jsonl)'),
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

/** What is known to be missing. */
export const holeLines = (counts: Manifest['counts']): string[] => lines(holeWords(counts));

/** What was lost or left out, and what somebody should look at. */
export function takenLines(...taken: Parameters<typeof takenWords>): string[] {
  return lines(takenWords(...taken));
}

const lines = (words: readonly [string, string][]): string[] =>
  words.map(([name, text]) => `${name.padEnd(10)}${text}`);
