/**
 * The model's door: the one way from a finished input row to a probability, for `predict` over a data set and for live.
 *
 * One row a call, on one thread, so that the same row gives the same bits whatever came before. A model that is not
 * this chain's is refused when it is opened; a model that gives no number is refused when it does, never guessed for.
 */
import { readFile } from 'node:fs/promises';
import { optionsOf, requireKind, textual, thing } from 'minotaur-core/internal/base/options';
import { fail } from 'minotaur-core/internal/base/errors';
import type { Model, ModelExpectation } from 'minotaur-core/internal/model/port';
import { systemWords } from '../node/system-words.ts';
import { readMetadata } from '../store/model-metadata.ts';
import { parseSidecar } from '../store/read-sidecar.ts';
import { GOLDEN_TOLERANCE, sidecarPath, type Sidecar } from '../store/sidecar.ts';
import { openSession, type ModelDoor } from './onnx-runtime.ts';

/** Which model to open, and what it must be. */
export interface OpenModelOptions {
  /** The ONNX file. */
  readonly path: string;
  /** `<path>.json` where absent. */
  readonly sidecar?: string;
  /** Refused where it is anything else. */
  readonly expect: ModelExpectation;
}

const MODEL = optionsOf<OpenModelOptions>(
  { path: textual, expect: thing<ModelExpectation>('what is expected of it') },
  { sidecar: textual },
);

async function read(path: string, what: string): Promise<Buffer> {
  try {
    return await readFile(path);
  } catch (error) {
    return fail('input', path, what, systemWords(error));
  }
}

/** What a difference of each means. */
const MEANS = {
  schemaId: 'the model was trained on other rows',
  artefactDigest: 'the model was trained with another artefact',
} as const;

/** Metadata in the file has to agree where it is; the sidecar always. */
function requireIdentity(file: Buffer, sidecar: Sidecar, { path, expect }: OpenModelOptions): void {
  const metadata = readMetadata(file, path);
  for (const key of ['schemaId', 'artefactDigest'] as const) {
    const inFile = metadata.get(key);
    const require = (where: string, found: string): void => {
      if (found !== expect[key]) fail('state', where, expect[key], `${found}: ${MEANS[key]}`);
    };
    if (inFile !== undefined) require(`${path}, metadata ${key}`, inFile);
    require(`sidecar of ${path}, ${key}`, sidecar[key]);
  }
}

async function replayGolden(model: Model, { golden }: Sidecar, path: string, size: number): Promise<void> {
  for (const [i, { input, probability }] of golden.entries()) {
    const where = `${path}, golden row ${i}`;
    if (input.length !== size) fail('state', where, `${size} values`, `${input.length}`);
    const found = await model.predict(Float32Array.from(input));
    if (Math.abs(found - probability) > GOLDEN_TOLERANCE) {
      fail('state', where, `${probability} within ${GOLDEN_TOLERANCE}`, `${found}`);
    }
  }
}

function modelOf(door: ModelDoor, { path, expect }: OpenModelOptions): Model {
  const size = expect.width * expect.length;
  return {
    reads: door.reads,
    close: door.close,
    async predict(input) {
      if (input.length !== size) fail('input', `${path}, input`, `${size} values`, `${input.length}`);
      const probability = await door.run(input);
      if (probability >= 0 && probability <= 1) return probability;
      return fail('state', `${path}, not ready`, 'a probability in [0, 1]', `${probability} from the model`);
    },
  };
}

/** Opens an ONNX model and checks shape, identity and golden rows; names the first difference it refuses for. */
export async function openModel(options: OpenModelOptions): Promise<Model> {
  requireKind('openModel', MODEL, options);
  const { path, expect } = options;
  const file = await read(path, 'an ONNX model');
  const beside = options.sidecar ?? sidecarPath(path);
  const sidecar = parseSidecar((await read(beside, 'a sidecar with golden rows')).toString('utf8'), beside);
  requireIdentity(file, sidecar, options);
  const door = await openSession(file, path, expect.width, expect.length);
  const model = modelOf(door, options);
  try {
    await replayGolden(model, sidecar, path, expect.width * expect.length);
  } catch (error) {
    await model.close();
    throw error;
  }
  return model;
}

/** A sidecar for a model file, whose golden probabilities are what the model gives here and now. */
export async function makeSidecar(
  path: string,
  expect: ModelExpectation,
  inputs: readonly Float32Array[],
): Promise<Sidecar> {
  const door = await openSession(await read(path, 'an ONNX model'), path, expect.width, expect.length);
  const model = modelOf(door, { path, expect });
  const golden: Sidecar['golden'] = [];
  try {
    for (const input of inputs) golden.push({ input: [...input], probability: await model.predict(input) });
  } finally {
    await model.close();
  }
  return { format: 1, schemaId: expect.schemaId, artefactDigest: expect.artefactDigest, golden };
}
