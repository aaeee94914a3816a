/** `minotaur run`. */
import { basename, extname, join } from 'node:path';
import { run, type StepEvent, type WholeRunOptions } from '../../runs/whole/run.ts';
import { writePage } from '../../runs/course/page.ts';
import type { WarmupForecast } from '../../runs.ts';
import { verdictPage } from '../../pages/verdict-page.ts';
import { planOfConfig } from '../../runs/plan.ts';
import { evaluationPage } from '../evaluation-page.ts';
import { namedFiles } from '../named-files.ts';
import { failUnless, toJson, type OutputFlags } from '../output.ts';
import { closingLine, stepLine } from '../print/run.ts';
import { forecastLines } from '../print/warmup.ts';
import { watched } from '../progress.ts';

export interface RunFlags extends Omit<WholeRunOptions, 'config' | 'out' | 'trades' | 'bars' | 'series'>, OutputFlags {
  readonly out?: string;
  readonly trades?: readonly string[];
  readonly bars?: readonly string[];
  readonly series?: readonly string[];
}

export async function runCommand(config: string, { json, ...flags }: RunFlags): Promise<void> {
  const out = flags.out ?? join('out', basename(config, extname(config)));
  const files = {
    trades: namedFiles('--trades', flags.trades) ?? flags.trades,
    bars: namedFiles('--bars', flags.bars) ?? flags.bars,
    series: namedFiles('--series', flags.series) ?? flags.series,
  };
  const report = await watched(({ onProgress, signal, clear }) => {
    const say = (text: string): void => {
      clear();
      if (!json) console.log(text);
    };
    return run({
      ...flags,
      ...files,
      config,
      out,
      onProgress,
      signal,
      ...(json ? {} : { onWarmup: (forecast: WarmupForecast) => say(forecastLines(forecast).join('\n')) }),
      onStep: (event: StepEvent) => {
        if (event.kind === 'done') say(stepLine(event.step));
      },
    });
  });
  const { verdict, evaluation } = report;
  if (verdict !== undefined) {
    const plan = await planOfConfig(config);
    const reproducers = verdict.checks.flatMap(({ name, repro }) =>
      repro === null ? [] : [{ check: name, ...repro }],
    );
    writePage(join(out, 'verdict.html'), verdictPage({ verdict, lead: config, events: 'trades', plan, reproducers }));
  }
  if (evaluation !== undefined) writePage(join(out, 'model.html'), evaluationPage(evaluation));
  if (json) console.log(toJson(report));
  else console.log(closingLine(report));
  failUnless(report.holds);
}
