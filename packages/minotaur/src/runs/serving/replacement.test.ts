/** What `--artefact` and `--model` are refused for, named as they were given. */
import assert from 'node:assert/strict';
import { existsSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, test } from 'node:test';
import { MinotaurError } from 'minotaur-core/internal/base/errors';
import { parseConfig } from 'minotaur-core/internal/config/config';
import { planOf } from 'minotaur-core/internal/config/engine';
import { copyTrades } from 'minotaur-core/internal/trades/trade';
import { simulate } from '../../files/simulate.ts';
import { writeArtefact } from '../../store/artefact.ts';
import { sidecarPath } from '../../store/sidecar.ts';
import { learnFrom } from '../../verify/faults/learned-fixture.ts';
import { openPredicting } from './replacement.ts';

const folder = mkdtempSync(join(tmpdir(), 'minotaur-replacement-'));
after(() => rmSync(folder, { recursive: true, force: true }));
const [journal, artefact, model] = ['journal', 'artefact.json', 'model.onnx'].map((name) => join(folder, name));

const input = {
  symbol: 'AAA',
  clocks: { s: { bars: 'tick', threshold: 10 } },
  features: { s: ['close', 'sma(close, 5)'] },
  label: { method: 'horizon', after: 8 },
  sequence: { length: 1 },
  model: { kind: 'logistic', calibration: 'none' },
} as const;
const { serving } = await learnFrom(input, [copyTrades([...simulate({ trades: 20_000, seed: 5 })][0])]);
writeArtefact(artefact, serving.artefact);
const plan = planOf(parseConfig(input));

const refusal = (): Promise<MinotaurError> =>
  openPredicting({ artefact, model }, journal, plan).then(
    () => assert.fail('it was opened'),
    (error: unknown) => (error instanceof MinotaurError ? error : assert.fail(String(error))),
  );

test('a model that is refused is named as it was given, and its copy is gone', async () => {
  writeFileSync(model, 'no model');
  const bare = await refusal();
  assert.ok(
    bare.message.startsWith(`${sidecarPath(model)}: expected a sidecar with golden rows, found `),
    bare.message,
  );
  writeFileSync(sidecarPath(model), '{ "format": 2 }');
  const other = await refusal();
  assert.ok(other.message.startsWith(`${sidecarPath(model)}, format: expected a model sidecar`), other.message);
  const golden = [{ input: [1, 2], probability: 0.5 }];
  const of = { format: 1, schemaId: 'another', artefactDigest: serving.artefact.digest, golden };
  writeFileSync(sidecarPath(model), JSON.stringify(of));
  const strange = await refusal();
  assert.ok(strange.message.includes(model), strange.message);
  for (const { message } of [bare, other, strange]) assert.ok(!message.includes(journal), message);
  const models = join(journal, 'models');
  assert.deepEqual(existsSync(models) ? readdirSync(models) : [], []);
});
