/** `minotaur demo`. */
import { join } from 'node:path';
import { writePage } from '../../runs/course/page.ts';
import { demo, type DemoOptions } from '../../runs/demo.ts';
import { evaluationPage } from '../evaluation-page.ts';
import { failUnless, failUnlessAll, toJson, type OutputFlags } from '../output.ts';
import { demoFigures, eventLines } from '../print/demo.ts';
import { verdictSentence } from '../print/verify.ts';
import { watched } from '../progress.ts';
import { demoPage } from '../../pages/demo-page.ts';

export type DemoFlags = DemoOptions & OutputFlags;

export async function demoCommand({ json, ...options }: DemoFlags): Promise<void> {
  const report = await watched(({ onProgress, clear, signal }) =>
    demo({
      ...options,
      onProgress,
      signal,
      onEvent(event) {
        if (json) return;
        clear();
        console.log(eventLines(event));
      },
    }),
  );
  const { same, holds, build, replayDigest, timings, verdict, charts } = report;
  const learned = { ...report.learned, page: join(options.out, 'learn', 'model.html') };
  writePage(learned.page, evaluationPage(report.evaluation, report.measured));
  const page = join(options.out, 'report.html');
  const digests = { buildDigest: build.digest, replayDigest };
  writePage(
    page,
    demoPage({ verdict, learned, model: report.measured, ...digests, figures: demoFigures(build), timings, charts }),
  );
  const sameBits = same && learned.live === learned.dataSet;
  const sentence = sameBits ? verdictSentence(verdict) : 'Something does not hold.';
  if (json) console.log(toJson({ same, holds, build, learned, timings, page }));
  else console.log(`\n${sentence} The page: ${page}`);
  failUnless(sameBits);
  failUnlessAll(verdict.checks);
}
