/** `minotaur fit`: learns the transform of every column on the training rows, and which columns a model gets. */
import { createHash } from 'node:crypto';
import { writeFileSync } from 'node:fs';
import { fail } from '../../core/errors.ts';
import { partialFile } from '../../io/files.ts';
import { columnSpecs } from '../../pipeline/transform-schema.ts';
import { sequenceBreaks } from '../../pipeline/split-schema.ts';
import { createArtefact, encodeArtefact, type Artefact } from '../../transform/artefact.ts';
import { applyColumn, columnKernel, learnColumn, outputWidth, type LearnedColumn } from '../../transform/column.ts';
import { selectColumns } from '../../transform/selection.ts';
import { loadConfig } from '../config-file.ts';
import { bytesOf, indicesOf, TRAIN, trainingRows } from '../training-rows.ts';
import { readFold } from '../dataset-files.ts';
import { eachColumn, splitByTime } from '../learning-data.ts';
import { openRows, readRowColumns } from '../rows-directory.ts';
import { ENGINE_VERSION } from '../version.ts';

export interface FitFlags {
  readonly rows: string;
  readonly splits?: string;
  readonly fold?: number;
  readonly config: string;
  readonly out: string;
  readonly json?: boolean;
}

/** Training rows that the selection looks at, at most; evenly spaced. Correlations of all pairs over more take minutes. */
const SAMPLE = 20_000;

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
  const training = indicesOf(codes, TRAIN);
  if (training.length === 0) fail('input', flags.rows, 'training rows', 'none');
  const { schema, columns } = rows.plan;
  const learning = createLearning(columnSpecs(config.transform, columns), time, training);
  await eachColumn(rows.file, columns, learning.add);
  const { learned, sample, digest } = learning.finish();
  const { kept, dropped } = selectColumns(columns, sample, config.selection);
  const chosen = new Set(kept);
  const artefact = createArtefact({
    engineVersion: ENGINE_VERSION,
    schemaId: schema.id,
    inputs: columns,
    learned: learned.filter(({ name }) => chosen.has(name)),
    dropped,
    selectedOver: sample[0].length,
    label,
    split,
    sequence: { length: sequence.length, ...sequenceBreaks(sequence) },
    training: { ...trainingRows(codes, time), digest },
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

/** Column after column: learned on all training rows, hashed, and a sample of what the transform makes of it kept. */
function createLearning(specs: ReturnType<typeof columnSpecs>, time: Float64Array, training: Int32Array) {
  const learned: LearnedColumn[] = [];
  const sample: Float64Array[] = [];
  const hash = createHash('sha256').update(bytesOf(Float64Array.from(training, (row) => time[row])));
  const stride = Math.ceil(training.length / SAMPLE);
  return {
    add(name: string, values: Float64Array, k: number): void {
      const own = Float64Array.from(training, (row) => values[row]);
      hash.update(bytesOf(own));
      learned.push(learnColumn(name, own, specs[k]));
      const thin = stride === 1 ? own : own.filter((_, i) => i % stride === 0);
      const width = outputWidth(specs[k]);
      const out = new Float64Array(thin.length * width);
      applyColumn(columnKernel(learned[k]), thin, 0, thin.length, 1, out, 0, width);
      sample.push(width === 1 ? out : out.filter((_, i) => i % width === 0));
    },
    finish: () => ({ learned, sample, digest: hash.digest('hex') }),
  };
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
