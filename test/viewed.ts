/** A small run with everything that can be looked at: holes, duplicates, labels, splits, predictions. */
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { gunzipSync, gzipSync } from 'node:zlib';
import { build, fit, label, predict, simulate, split, train } from 'minotaur/runs';
import { smallChain as config } from './several.ts';

/** Makes it in `out`, as `run` leaves it. */
export async function makeViewed(out: string): Promise<void> {
  mkdirSync(out, { recursive: true });
  const at = (name: string): string => join(out, name);
  await simulate({ trades: 12_000, seed: 3, out: at('whole.csv.gz') });
  const lines = gunzipSync(readFileSync(at('whole.csv.gz')))
    .toString()
    .trimEnd()
    .split('\n');
  // Forty trades are missing, and one is there twice.
  const damaged = [...lines.slice(0, 4000), ...lines.slice(4040, 9000), ...lines.slice(8999)];
  writeFileSync(at('a.csv.gz'), gzipSync(`${damaged.join('\n')}\n`));
  const trades = [at('a.csv.gz')];
  const rows = at('build');
  await build({ config, trades, out: rows });
  const labels = at('labels.parquet');
  await label({ config, trades, rows, out: labels });
  const splits = at('split.parquet');
  await split({ config, rows, labels, out: splits });
  const artefact = at('artefact.json');
  await fit({ config, rows, splits, out: artefact });
  const model = at('model.onnx');
  await train({ config, rows, labels, splits, artefact, out: model });
  await predict({ rows, artefact, model, out: at('predictions.parquet') });
}
