/** The pages of a run, in its directory: one that links all others. */
import { join } from 'node:path';
import type { LoadedConfig, WholeRunReport } from '../runs.ts';
import { runPage, type RunFacts } from '../pages/run-page.ts';
import { verdictPage } from '../pages/verdict-page.ts';
import { planOfConfig } from '../runs/plan.ts';
import { reproducersOf } from '../runs/verification/verify.ts';
import { readAround } from '../runs/learning/around-model.ts';
import { readEvaluation } from '../runs/learning/evaluate.ts';
import { evaluatedPlaces, PLACES } from '../runs/whole/steps.ts';
import { writePage } from '../runs/course/page.ts';
import { readCharts } from '../viewer/run-charts.ts';
import { evaluationPage } from './evaluation-page.ts';

export async function writePages(
  report: WholeRunReport,
  config: LoadedConfig,
  words: Pick<RunFacts, 'title' | 'lead'>,
): Promise<void> {
  const { out, verdict, evaluation } = report;
  if (verdict !== undefined) {
    const plan = await planOfConfig(config);
    const reproducers = reproducersOf(verdict);
    const page = verdictPage({ verdict, lead: words.lead, events: 'trades', plan, taken: verdict.taken, reproducers });
    writePage(join(out, 'verdict.html'), page);
  }
  if (evaluation !== undefined) {
    const rows = await readEvaluation({ ...evaluatedPlaces(out), costs: evaluation.costs });
    const around = readAround(rows.artefact, { model: join(out, PLACES.model) });
    writePage(join(out, 'model.html'), evaluationPage(rows, evaluation, around));
  }
  const charts = await readCharts(out);
  writePage(join(out, 'index.html'), runPage({ ...words, ...report, charts }));
}
