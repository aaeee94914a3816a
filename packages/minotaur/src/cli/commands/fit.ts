/** `minotaur fit`: learns the transform of every column on the training rows, and which columns a model gets. */
import { writeFileSync } from 'node:fs';
import { fitArtefact } from 'minotaur-core/internal/artefact/fit';
import { partialFile } from '../../files/atomic.ts';
import { encodeArtefact, type Artefact } from 'minotaur-core/internal/artefact/artefact';
import { loadConfig } from '../config-file.ts';
import { readFold } from '../dataset-files.ts';
import { eachColumn, splitByTime } from '../learning-data.ts';
import { openRows, readRowColumns } from '../rows-directory.ts';
import { ENGINE_VERSION } from 'minotaur-core/internal/base/version';

export interface FitFlags {
  readonly rows: string;
  readonly splits?: string;
  readonly fold?: number;
  readonly config: string;
  readonly out: string;
  readonly json?: boolean;
}

export async function fit(flags: FitFlags): Promise<void> {
  const { artefact, seconds, peakRssBytes } = await runFit(flags);
  if (flags.json)
    console.log(JSON.stringify({ ...reportOf(artefact), out: flags.out, seconds, peakRssBytes }, null, 2));
  else console.log(summary(artefact, flags.out, seconds, peakRssBytes));
}

/** The command without its printing. */
export async function runFit(flags: FitFlags) {
  const started = performance.now();
  const { config } = await loadConfig(flags.config);
  const rows = openRows(flags.rows, config);
  const { time, ready } = await readRowColumns(rows, {});
  const { label, split, sequence } = config;
  const facts = { schemaId: rows.plan.schema.id, label };
  const made = { split, sequence: sequence.length };
  const codes =
    flags.splits === undefined
      ? splitByTime(config, time, ready)
      : await readFold(flags.splits, facts, made, flags.fold ?? 0, time);
  const { schema, columns } = rows.plan;
  const artefact = await fitArtefact({
    config,
    engineVersion: ENGINE_VERSION,
    schemaId: schema.id,
    columns,
    time,
    codes,
    eachColumn: (names, use) => eachColumn(rows.file, names, use),
  });
  writeWhole(flags.out, encodeArtefact(artefact));
  const seconds = (performance.now() - started) / 1000;
  return { artefact, seconds, peakRssBytes: process.resourceUsage().maxRSS * 1024 };
}

/** A file that is there whole or not at all. */
export function writeWhole(path: string, content: string | Uint8Array): void {
  const file = partialFile(path);
  try {
    writeFileSync(file.path, content);
    file.commit();
  } finally {
    file.abort();
  }
}

function reportOf({ digest, schemaId, learned, dropped, training, sequence, selectedOver }: Artefact) {
  return { digest, schemaId, columns: learned.map(({ name }) => name), dropped, training, sequence, selectedOver };
}

function summary(
  { digest, learned, dropped, training, selectedOver }: Artefact,
  out: string,
  seconds: number,
  rss: number,
): string {
  const over =
    selectedOver === training.rows
      ? 'all training rows'
      : `${selectedOver.toLocaleString('en')} evenly spaced training rows`;
  return [
    `${training.rows.toLocaleString('en')} training rows -> ${learned.length} columns learned, exactly; ${dropped.length} dropped, over ${over}`,
    ...dropped.slice(0, 10).map(({ name, reason }) => `          ${name}: ${reason}`),
    ...(dropped.length > 10 ? [`          and ${dropped.length - 10} more`] : []),
    `artefact  ${digest} -> ${out}`,
    `${seconds.toFixed(1)} s, ${(rss / 1e6).toFixed(0)} MB at most`,
  ].join('\n');
}
