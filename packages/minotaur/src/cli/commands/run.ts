/** `minotaur run`. */
import { basename, extname, join } from 'node:path';
import { dryRun, run, type StepEvent, type WholeRunOptions } from '../../runs/whole/run.ts';
import { loadWatchedConfig } from '../../runs/verification/watched-config.ts';
import type { WarmupForecast } from '../../runs.ts';
import { filesByName, type FileFlags } from '../named-files.ts';
import { failUnless, print, toJson, type OutputFlags } from '../output.ts';
import { closingLines, estimateLines, stepLine } from '../print/run.ts';
import { forecastLines } from '../print/warmup.ts';
import { watched } from '../progress.ts';
import { writePages } from '../run-pages.ts';

export interface RunFlags extends Omit<WholeRunOptions, 'config' | 'out' | keyof FileFlags>, FileFlags, OutputFlags {
  readonly out?: string;
  readonly dryRun?: boolean;
}

export async function runCommand(config: string, { json, dryRun: isDry, ...flags }: RunFlags): Promise<void> {
  const out = flags.out ?? join('out', basename(config, extname(config)));
  const files = filesByName(flags);
  const loaded = await loadWatchedConfig(config);
  if (isDry) {
    const estimate = await watched(({ onProgress, signal }) =>
      dryRun({ ...flags, ...files, config: loaded, out, onProgress, signal }),
    );
    print(estimate, json, estimateLines);
    return;
  }
  const report = await watched(({ onProgress, signal, clear }) => {
    const say = (text: string): void => {
      clear();
      if (!json) console.log(text);
    };
    return run({
      ...flags,
      ...files,
      config: loaded,
      out,
      onProgress,
      signal,
      ...(json ? {} : { onWarmup: (forecast: WarmupForecast) => say(forecastLines(forecast).join('\n')) }),
      onStep: (event: StepEvent) => {
        if (event.kind === 'done') say(stepLine(event.step));
      },
    });
  });
  await writePages(report, loaded, { title: 'Minotaur: run', lead: config });
  if (json) console.log(toJson(report));
  else console.log(closingLines(report));
  failUnless(report.holds);
}
