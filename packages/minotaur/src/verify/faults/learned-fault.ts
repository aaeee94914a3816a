/** A planted fault of what was learned: a part of the fit, of the split, or of a predictor, replaced from outside. */
import type { Predictor } from 'minotaur-core/internal/live/predictor';
import { createPredictor } from 'minotaur-core/internal/live/predictor';
import type { RowFlags } from 'minotaur-core/internal/rows/row';
import type { Model } from 'minotaur-core/internal/model/port';
import { createArtefact, type Artefact } from 'minotaur-core/internal/artefact/artefact';
import type { FitInput } from 'minotaur-core/internal/artefact/fit';
import { SPLITS } from 'minotaur-core/internal/splits/splits';
import type { Learned } from './learned-fixture.ts';
import type { LearnedRows } from '../harness/learned.ts';

export interface LearnedFault {
  /** Like the file, with dashes. */
  readonly name: string;
  /** The real mistake that it stands for. */
  readonly imitates: string;
  /** Plants it into something sound. */
  readonly plant: (sound: Learned) => Learned | Promise<Learned>;
}

export function learnedFault(spec: LearnedFault): LearnedFault {
  return spec;
}

/** A fit of another kind, and the artefact that it gives. */
export function plantFit(fit: (input: FitInput, sound: LearnedRows) => Promise<Artefact>): LearnedFault['plant'] {
  return async ({ learned, serving }) => {
    const faulty = (input: FitInput): Promise<Artefact> => fit(input, learned);
    return { learned: { ...learned, fit: faulty, artefact: await faulty(learned) }, serving };
  };
}

/** Rows divided by other codes, and an artefact fitted on what is for training by them. */
export function plantCodes(change: (learned: LearnedRows) => Int8Array): LearnedFault['plant'] {
  return async ({ learned, serving }) => {
    const other = { ...learned, codes: change(learned) };
    return { learned: { ...other, artefact: await learned.fit(other) }, serving };
  };
}

/** A live predictor made in another way. */
export function plantLive(live: (artefact: Artefact, model: Model) => Predictor): LearnedFault['plant'] {
  return ({ learned, serving }) => ({ learned, serving: { ...serving, live } });
}

/** A live predictor that is given other values; `change` writes to a copy of the row. */
export function plantLiveValues(
  make: (artefact: Artefact) => (row: Float64Array, time: number) => void,
): LearnedFault['plant'] {
  return plantLive((artefact, model) => {
    const change = make(artefact);
    return aroundPredictor(createPredictor(artefact, model), (inner, time, values, flags) => {
      const row = values.slice();
      change(row, time);
      return inner.push(time, row, 0, flags);
    });
  });
}

/** `inner`, but for what becomes of a row. */
export function aroundPredictor(
  inner: Predictor,
  push: (inner: Predictor, time: number, values: Float64Array, flags: RowFlags) => ReturnType<Predictor['push']>,
): Predictor {
  return {
    columns: inner.columns,
    push: (time, values, offset, flags) => push(inner, time, values.slice(offset), flags),
    snapshot: () => inner.snapshot(),
    restore: (bytes) => inner.restore(bytes),
  };
}

/** Codes by which every row that has a label is for training. */
export function allForTraining({ labelTime }: LearnedRows): Int8Array {
  return Int8Array.from(labelTime, (t) => SPLITS.indexOf(t === t ? 'train' : 'none'));
}

/** An artefact that says it was fitted on `input`, and holds what was learned elsewhere. */
export function disguise(sound: Artefact, learned: Artefact['learned'], dropped = sound.dropped): Artefact {
  const { digest: _, decision: __, ...fitted } = sound;
  return createArtefact({ ...fitted, learned, dropped });
}
