/** `minotaur verify --self-test`. */
import { selfTest, type SelfTestOptions } from '../../runs/verification/self-test.ts';
import { failUnless, print, type OutputFlags } from '../output.ts';
import { faultLine, selfTestSummary } from '../print/verify.ts';
import { watched } from '../progress.ts';

export type SelfTestFlags = Pick<SelfTestOptions, 'size' | 'clean'> & OutputFlags & { readonly selfTest?: boolean };

export async function selfTestCommand({ json, size, clean }: SelfTestFlags): Promise<void> {
  const alarms: string[] = [];
  const report = await watched(({ onProgress, clear, signal }) =>
    selfTest({
      size,
      clean,
      onProgress,
      signal,
      onFault(fault) {
        if (json) return;
        clear();
        console.log(faultLine(fault));
      },
      onAlarm: (alarm) => alarms.push(alarm),
    }),
  );
  print(report, json, (found) => selfTestSummary(found, alarms));
  failUnless(report.faults.every(({ caughtBy }) => caughtBy !== null) && report.falseAlarms === 0);
}
