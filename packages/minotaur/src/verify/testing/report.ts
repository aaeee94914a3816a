/** What trying the laws came to, as plain data and in words. */
import type { Wrong } from './law.ts';

/** Why a law does not hold: the simplest case that was found. */
export interface Failure extends Wrong {
  /** Of an operator, in the order in which it declares them; of a bar kind, settings in words. */
  readonly parameters: readonly (number | string)[];
}

/** What became of one law. */
export interface LawOutcome {
  /** Its number and name, `L1 block invariance`. */
  readonly name: string;
  /** In words. */
  readonly says: string;
  /** Samples that it was tried on. */
  readonly samples: number;
  /** Null where it holds on all of them. */
  readonly failure: Failure | null;
}

/** What became of an operator, or of a bar kind. */
export interface LawReport {
  /** Of the operator, or of the bar kind. */
  readonly name: string;
  /** Whether every law does. */
  readonly holds: boolean;
  /** Sets of parameters that it was tried with, as in a failure. */
  readonly parameters: readonly (readonly (number | string)[])[];
  /** One each, in the order in which they were tried. */
  readonly laws: readonly LawOutcome[];
}

/** A failure in one line. */
export function describeFailure(name: string, { parameters, output, row, when, expected, found }: Failure): string {
  const where = [
    `${name}(${parameters.join(', ')})`,
    ...(output === null ? [] : [output]),
    ...(row === null ? [] : [`row ${row}`]),
    ...(when === '' ? [] : [when]),
  ];
  return `${where.join(', ')}: expected ${expected}, found ${found}`;
}

/** Every law that does not hold, in words; the first line alone where all do. */
export function describeReport({ name, laws }: LawReport): string {
  const broken = laws.filter(({ failure }) => failure !== null);
  const samples = laws.reduce((sum, law) => sum + law.samples, 0);
  if (broken.length === 0) return `${name} keeps ${laws.length} laws on ${samples} samples`;
  const lines = broken.flatMap((law) =>
    law.failure === null ? [] : [`  ${law.name}: ${law.says}`, `    ${describeFailure(name, law.failure)}`],
  );
  return [`${name} breaks ${broken.length} of ${laws.length} laws`, ...lines].join('\n');
}
