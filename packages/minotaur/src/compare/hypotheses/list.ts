/** Every hypothesis that predicts B from A. */
import type { Hypothesis } from '../measures/pair.ts';
import { affine } from './affine.ts';
import { change } from './change.ts';
import { clip } from './clip.ts';
import { constant } from './constant.ts';
import { digits } from './digits.ts';
import { fill } from './fill.ts';
import { ofValue } from './function.ts';
import { held } from './held.ts';
import { lag } from './lag.ts';
import { missing } from './missing.ts';
import { narrow } from './narrow.ts';
import { rounded } from './rounded.ts';
import { scale } from './scale.ts';
import { smoothing } from './smoothing.ts';

export const HYPOTHESES: readonly Hypothesis[] = [
  narrow,
  rounded,
  digits,
  constant,
  fill,
  missing,
  clip,
  scale,
  affine,
  lag,
  held,
  ofValue,
  change,
  smoothing,
];
