/** What the laws say of a configuration's own operators, in words. */
import { describeFailure, loadingLines, type ConfigReport, type LawReport } from '../../runs/verification/words.ts';

export function lawLines(report: ConfigReport): string {
  const { operators, holds } = report;
  const broken = operators.filter((one) => !one.holds).length;
  const end = holds ? 'Every law holds.' : `${broken} of ${operators.length} operators break a law.`;
  return [...operators.flatMap(operatorLines), ...loadingLines(report), '', end].join('\n');
}

function operatorLines({ name, holds, parameters, laws }: LawReport): string[] {
  const samples = laws.reduce((sum, law) => sum + law.samples, 0);
  const sets = parameters.map((set) => `(${set.join(', ')})`).join(' ');
  return [
    `${holds ? 'holds' : 'FAILS'}  ${name}  ${laws.length} laws, ${samples.toLocaleString('en')} samples, with ${sets}`,
    ...laws.flatMap(({ name: law, says, failure }) =>
      failure === null ? [] : [`       ${law}: ${says}`, `         ${describeFailure(name, failure)}`],
    ),
  ];
}
