import { blockInvariance, declaredHistory } from './blocks.ts';
import { causality } from './causality.ts';
import { declaration } from './declaration.ts';
import { determinism } from './determinism.ts';
import type { OperatorLaw } from './difference.ts';
import { measuredMemory, memory } from './memory.ts';
import { purity } from './purity.ts';
import { readiness } from './readiness.ts';
import { ownRows } from './rows.ts';
import { snapshot } from './snapshot.ts';
import { missingStays, printsLeave } from './traces.ts';

/** The laws of operators: what stands first says most precisely what is wrong. */
export const LAWS: readonly OperatorLaw[] = [
  declaration,
  purity,
  ownRows,
  determinism,
  blockInvariance,
  snapshot,
  causality,
  declaredHistory,
  readiness,
  missingStays,
  memory,
  measuredMemory,
  printsLeave,
];
