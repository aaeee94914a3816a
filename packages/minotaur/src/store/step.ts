/** Steps: a long build cut into months, each of which begins from the state of the one before. */
import { fail } from 'minotaur-core/internal/base/errors';
import { sha256OfText } from 'minotaur-core/internal/base/bytes/hashing';
import { DOORS_VERSION } from '../files/doors.ts';
import type { Manifest } from './manifest.ts';
import type { StepRecord } from './step-record.ts';

/** What a step is of. */
export interface StepFacts extends Pick<StepRecord, 'symbol' | 'month' | 'before' | 'configuration'> {
  readonly engineVersion: string;
  readonly schemaId: string;
  /** SHA-256 of each, in order. */
  readonly inputs: readonly string[];
}

/** The key of a step: a digest of all that decides its bits. */
export function stepKey(facts: StepFacts): string {
  const { engineVersion, schemaId, configuration, symbol, month, inputs, before } = facts;
  return sha256OfText(JSON.stringify([engineVersion, schemaId, configuration, symbol, month, inputs, before]));
}

/** The key that follows from what a manifest says of itself. */
export function keyOfManifest({ engineVersion, schemaId, inputs }: Manifest, step: StepRecord): string {
  return stepKey({ ...step, engineVersion, schemaId, inputs: inputs.map(({ sha256 }) => sha256) });
}

/** A manifest of a step. */
export type StepManifest = Manifest & { readonly step: StepRecord };

/**
 * That a manifest, which is at `where`, is of a step, and of this one.
 * @throws {MinotaurError} naming the first difference
 */
export function requireStep(
  manifest: Manifest,
  expected: Pick<StepFacts, 'symbol' | 'month' | 'configuration' | 'engineVersion'>,
  where: string,
): asserts manifest is StepManifest {
  const { step, engineVersion, doors = 0 } = manifest;
  if (step === undefined) fail('state', where, 'rows of a job list', 'those of a build by itself');
  const names = { symbol: 'the symbol', month: 'the month', configuration: 'the configuration' } as const;
  if (engineVersion !== expected.engineVersion)
    fail('state', where, `rows of version ${expected.engineVersion}`, `those of version ${engineVersion}`);
  if (doors !== DOORS_VERSION) {
    const asked = `rows of files that have passed all that is asked of them now (doors ${DOORS_VERSION})`;
    fail('state', where, asked, `those that passed doors ${doors}: remove it to build it again`);
  }
  for (const [key, name] of Object.entries(names) as [keyof typeof names, string][]) {
    if (step[key] !== expected[key]) fail('state', where, `rows of ${name} ${expected[key]}`, `those of ${step[key]}`);
  }
}
