/** `verify --self-test`: every planted fault has to be caught, and sound chains must not raise an alarm. */
import { callback, either, numeric, optionsOf, requireKind, textual, whole } from 'minotaur-core/internal/base/options';
import { fail } from 'minotaur-core/internal/base/errors';
import type { FaultOutcome } from '../../verify/faults/fault.ts';
import { faults } from '../../verify/faults/faults.gen.ts';
import { journalFaults } from '../../verify/faults/journal-faults.gen.ts';
import { learnedFaults } from '../../verify/faults/learned-faults.gen.ts';
import { selfTest as putToTheTest } from '../../verify/self-test/self-test.ts';
import { beginRun, createCourse, type Course, type RunOptions, RUN } from '../course/options.ts';

/** What `selfTest` takes. */
export interface SelfTestOptions extends RunOptions {
  /** `quick`, `full`, or rows in which a fault has to show itself; `quick` where absent. */
  readonly size?: string | number | undefined;
  /** Sound chains to run; 100 where absent, 1000 for `full`. */
  readonly clean?: number | undefined;
  /** Told of each fault when it has been planted. */
  readonly onFault?: ((outcome: FaultOutcome) => void) | undefined;
  /** Told of each false alarm. */
  readonly onAlarm?: ((alarm: string) => void) | undefined;
}

const SELF_TEST = optionsOf<SelfTestOptions>(
  {},
  { ...RUN, size: either(textual, numeric), clean: whole, onFault: callback, onAlarm: callback },
);

/** What `selfTest` found: it has passed where every fault was caught and there was no alarm. */
export interface SelfTestReport {
  /** Every fault that was planted. */
  readonly faults: readonly SelfTestFault[];
  /** Sound chains that were run. */
  readonly cleanRuns: number;
  /** Alarms that they raised. */
  readonly falseAlarms: number;
}

/** A planted fault. */
export interface SelfTestFault {
  /** Its name. */
  readonly name: string;
  /** The first check that caught it; null where none did. */
  readonly caughtBy: string | null;
  /** Rows in which it was caught, or looked for in vain. */
  readonly rows: number;
}

/** Rows in which a fault has to show itself, and sound chains that are run. */
const SIZES: Readonly<Record<string, { rows: number; cleanRuns: number }>> = {
  quick: { rows: 1000, cleanRuns: 100 },
  full: { rows: 20_000, cleanRuns: 1000 },
};

/**
 * Puts the verifier to the test: plants every fault, and runs sound chains at random.
 * @throws {MinotaurError} where `size` is none
 */
export async function selfTest(options: SelfTestOptions = {}): Promise<SelfTestReport> {
  requireKind('selfTest', SELF_TEST, options);
  beginRun(options);
  const { size = 'quick', clean } = options;
  const rows = SIZES[size]?.rows ?? Number(size);
  if (!Number.isSafeInteger(rows) || rows < 1) fail('config', 'size', 'quick, full, or a number of rows', `'${size}'`);
  const cleanRuns = clean ?? SIZES[size]?.cleanRuns ?? SIZES['quick'].cleanRuns;
  const total = [faults, learnedFaults, journalFaults].reduce((sum, all) => sum + Object.keys(all).length, 0);
  const planting = createCourse(options, { step: 'faults', unit: 'faults', total });
  let running: Course | undefined;
  const outcome = await putToTheTest({
    rows,
    cleanRuns,
    onFault(fault) {
      options.onFault?.(fault);
      return planting.add(1);
    },
    onCleanRun(alarm) {
      if (alarm !== undefined) options.onAlarm?.(alarm);
      running ??= createCourse(options, { step: 'sound chains', unit: 'runs', total: cleanRuns });
      return running.add(1);
    },
  });
  return {
    ...outcome,
    faults: outcome.faults.map(({ name, caughtBy, rows: taken }) => ({ name, caughtBy, rows: taken })),
  };
}
