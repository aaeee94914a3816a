/** `minotaur demo`. */
import { loadConfig } from '../../files/config-file.ts';
import { demo, type DemoOptions } from '../../runs/demo.ts';
import { failUnless, toJson, type OutputFlags } from '../output.ts';
import { closingLines, stepLine } from '../print/run.ts';
import { watched } from '../progress.ts';
import { writePages } from '../run-pages.ts';

export type DemoFlags = DemoOptions & OutputFlags;

export async function demoCommand({ json, ...options }: DemoFlags): Promise<void> {
  const report = await watched(({ onProgress, clear, signal }) =>
    demo({
      ...options,
      onProgress,
      signal,
      onStep(event) {
        if (json || event.kind !== 'done') return;
        clear();
        console.log(stepLine(event.step));
      },
    }),
  );
  const lead = `${options.trades.toLocaleString('en')} simulated trades of seed ${options.seed}, with the preset starter: how much a simulated market moves can be foreseen, where to cannot.`;
  await writePages(report, await loadConfig(report.config), { title: 'Minotaur: demo', lead });
  console.log(json ? toJson(report) : `${closingLines(report)}\nNext: npx minotaur view ${report.out}`);
  failUnless(report.holds);
}
