/** `minotaur verify --self-test`: every planted fault has to be caught, and sound chains must not raise an alarm. */
import { fail } from 'minotaur-core/internal/base/errors';
import { faults } from '../../verify/faults/faults.gen.ts';
import { learnedFaults } from '../../verify/faults/learned-faults.gen.ts';
import type { FaultOutcome } from '../../verify/faults/fault.ts';
import { selfTest } from '../../verify/self-test/self-test.ts';
import { createProgress } from '../progress.ts';

export interface SelfTestFlags {
  readonly selfTest?: boolean;
  readonly size: string;
  readonly clean?: number;
  readonly json?: boolean;
}

/** Rows in which a fault has to show itself, and sound chains that are run. */
const SIZES: Readonly<Record<string, { rows: number; cleanRuns: number }>> = {
  quick: { rows: 1000, cleanRuns: 100 },
  full: { rows: 20_000, cleanRuns: 1000 },
};

export async function selfTestCommand({ size, clean, json }: SelfTestFlags): Promise<void> {
  const rows = SIZES[size]?.rows ?? Number(size);
  if (!Number.isSafeInteger(rows) || rows < 1)
    fail('config', '--size', 'quick, full, or a number of rows', `'${size}'`);
  const cleanRuns = clean ?? SIZES[size]?.cleanRuns ?? SIZES['quick'].cleanRuns;
  const alarms: string[] = [];
  let runs = 0;
  let progress = createProgress('faults', Object.keys(faults).length + Object.keys(learnedFaults).length, 'faults');
  try {
    const outcome = await selfTest({
      rows,
      cleanRuns,
      onFault(fault) {
        progress.add(1);
        if (!json) console.log(formatFault(fault));
      },
      onCleanRun(alarm) {
        if (runs++ === 0) {
          progress.stop();
          progress = createProgress('sound chains', cleanRuns, 'runs');
        }
        progress.add(1);
        if (alarm !== undefined) alarms.push(alarm);
      },
    });
    progress.stop();
    const caught = outcome.faults.filter((fault) => fault.caughtBy !== null).length;
    if (json) {
      const list = outcome.faults.map(({ name, caughtBy, rows: taken }) => ({ name, caughtBy, rows: taken }));
      console.log(JSON.stringify({ ...outcome, faults: list }, null, 2));
    } else {
      for (const alarm of alarms) console.log(`FALSE ALARM  ${alarm}`);
      console.log(`\n${caught} of ${outcome.faults.length} planted faults caught.`);
      console.log(`${outcome.falseAlarms} false alarms in ${cleanRuns} sound chains.`);
    }
    if (caught < outcome.faults.length || outcome.falseAlarms > 0) process.exitCode = 1;
  } finally {
    progress.stop();
  }
}

function formatFault({ name, caughtBy, rows, by }: FaultOutcome): string {
  if (caughtBy === null) return `NOT CAUGHT  ${name.padEnd(26)} in ${rows} rows`;
  const others = by.length > 1 ? `, also ${by.slice(1).join(', ')}` : '';
  return `caught  ${name.padEnd(26)} by ${caughtBy} in ${rows} rows${others}`;
}
