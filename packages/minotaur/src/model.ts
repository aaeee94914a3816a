/**
 * Models: ONNX files as the chain opens, checks and writes them.
 *
 *     const model = await openModelOf(artefact, 'model.onnx');
 *     const predictor = createPredictor(artefact, model);
 */
export { makeSidecar, openModel } from './runtime/open-model.ts';
export type { OpenModelOptions } from './runtime/open-model.ts';
export { openModelOf } from './runtime/artefact-model.ts';
export { exportOnnx } from './onnx/export/trained.ts';
export { ensembleOf } from './onnx/export/ensemble.ts';
export { featureDigest, modelDigest } from './store/model.ts';
export type { ModelIdentity } from './store/model.ts';
export { GOLDEN_TOLERANCE, sidecarPath } from './store/sidecar.ts';
export type { GoldenRow, Sidecar } from './store/sidecar.ts';
export { readArtefact, writeArtefact } from './store/artefact.ts';
export type { LogisticModel } from 'minotaur-core/internal/model/logistic';
export type { Tree } from 'minotaur-core/internal/model/trees/grow';
export type { TreeModel } from 'minotaur-core/internal/model/trees/trees';
