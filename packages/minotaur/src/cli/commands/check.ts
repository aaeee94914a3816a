/** `minotaur check CONFIG`: the laws over the operators that a configuration brings along. */
import { checkConfig, type ConfigReport } from '../../verify/testing/check-config.ts';
import { describeFailure, type LawReport } from '../../verify/testing/report.ts';
import { loadingLines } from '../../verify/watch/loading-lines.ts';
import { loadConfig } from '../config-file.ts';
import { createProgress } from '../progress.ts';

export interface CheckFlags {
  readonly samples?: number;
  readonly seed?: number;
  readonly json?: boolean;
}

export async function checkCommand(argument: string, { json, ...generated }: CheckFlags): Promise<void> {
  const { config, loading } = await loadConfig(argument, { watched: true });
  const { operators } = config;
  const progress = createProgress('check', operators.length, 'operators');
  let report: ConfigReport;
  try {
    report = checkConfig({ operators, ...(loading && { loading }), ...generated, onOperator: () => progress.add(1) });
  } finally {
    progress.stop();
  }
  console.log(json ? JSON.stringify(report, null, 2) : format(report));
  if (!report.holds) process.exitCode = 1;
}

function format(report: ConfigReport): string {
  const { operators, holds } = report;
  const broken = operators.filter((one) => !one.holds).length;
  const end = holds ? 'Every law holds.' : `${broken} of ${operators.length} operators break a law.`;
  return [...operators.flatMap(formatOperator), ...loadingLines(report), '', end].join('\n');
}

function formatOperator({ name, holds, parameters, laws }: LawReport): string[] {
  const samples = laws.reduce((sum, law) => sum + law.samples, 0);
  const sets = parameters.map((set) => `(${set.join(', ')})`).join(' ');
  return [
    `${holds ? 'holds' : 'FAILS'}  ${name}  ${laws.length} laws, ${samples.toLocaleString('en')} samples, with ${sets}`,
    ...laws.flatMap(({ name: law, says, failure }) =>
      failure === null ? [] : [`       ${law}: ${says}`, `         ${describeFailure(name, failure)}`],
    ),
  ];
}
