/** The laws over the operators that a configuration brings along, on rows that no market has: NaN, prints far off, zeros. */
import { result, type Check, type CheckContext, type CheckResult } from '../harness/check.ts';
import { checkConfig } from './check-config.ts';
import { describeFailure } from './report.ts';

/** Samples per law: a short form, since the other checks run them on the events at hand. */
const SAMPLES = 15;

export const ownOperators: Check = {
  name: 'operators',
  law: 'L1 to L8 of operators of your own, on generated parameters, columns and blocks, missing values and extremes among them',
  run({ plan, seed }: CheckContext): Promise<CheckResult> {
    const { operators } = plan.config;
    const compared = { operators: 0, parameterSets: 0, samples: 0 };
    let first: { message: string } | null = null;
    if (operators.length > 0) {
      checkConfig({
        operators,
        samples: SAMPLES,
        seed,
        onOperator({ name, parameters, laws }) {
          compared.operators++;
          compared.parameterSets += parameters.length;
          for (const { name: law, samples, failure } of laws) {
            compared.samples += samples;
            if (failure !== null) first ??= { message: `${law}: ${describeFailure(name, failure)}` };
          }
        },
      });
    }
    return Promise.resolve(result(this, compared, first));
  },
};
