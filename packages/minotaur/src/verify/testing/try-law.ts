/** Tries a law on what is generated for it, and looks for the simplest case where it does not hold. */
import { mulberry32 } from 'minotaur-core/internal/base/random';
import { wrong, type Law } from './law.ts';
import type { Failure, LawOutcome } from './report.ts';

/** What laws are tried on: of operators columns and cuts, of bar kinds trades and cuts. */
export interface Trial<Subject, Sample> {
  /** The same thing with different parameters; samples go round them. */
  readonly subjects: readonly Subject[];
  readonly parametersOf: (subject: Subject) => readonly (number | string)[];
  readonly create: (random: () => number) => Sample;
  /** Samples that are simpler than one, the simplest first. */
  readonly simpler: (sample: Sample) => Iterable<Sample>;
  readonly seed: number;
  readonly samples: number;
}

/** Simpler samples that are tried once one has failed. */
const SIMPLER = 200;

export function tryLaw<Subject, Sample>(law: Law<Subject, Sample>, trial: Trial<Subject, Sample>): LawOutcome {
  const { name, says } = law;
  const { subjects, create, seed } = trial;
  const samples = law.samples?.(trial.samples) ?? trial.samples;
  const random = mulberry32(seed);
  for (let i = 0; i < samples; i++) {
    const sample = create(random);
    const failure = failureOf(law, trial, subjects[i % subjects.length], sample);
    if (failure === undefined) continue;
    return { name, says, samples: i + 1, failure: simplest(law, trial, sample, failure) };
  }
  return { name, says, samples, failure: null };
}

function failureOf<Subject, Sample>(
  law: Law<Subject, Sample>,
  { parametersOf }: Trial<Subject, Sample>,
  subject: Subject,
  sample: Sample,
): Failure | undefined {
  const parameters = parametersOf(subject);
  try {
    const found = law.check(subject, sample);
    return found && { parameters, ...found };
  } catch (error) {
    const message = error instanceof Error ? error.message : String(error);
    return { parameters, ...wrong('when it was run', 'no error', message) };
  }
}

/** The failure on the simplest sample that was found to fail, with the first parameters that do. */
function simplest<Subject, Sample>(
  law: Law<Subject, Sample>,
  trial: Trial<Subject, Sample>,
  sample: Sample,
  failure: Failure,
): Failure {
  let best = failure;
  let tries = SIMPLER;
  const step = (from: Sample): Sample | undefined => {
    for (const simpler of trial.simpler(from)) {
      for (const subject of trial.subjects) {
        if (tries-- <= 0) return undefined;
        const found = failureOf(law, trial, subject, simpler);
        if (found === undefined) continue;
        best = found;
        return simpler;
      }
    }
    return undefined;
  };
  for (let at: Sample | undefined = sample; at !== undefined;) at = step(at);
  return best;
}
