/** `minotaur verify --rows --against`, where nothing else is asked. */
import { fail } from 'minotaur-core/internal/base/errors';
import { withPage } from '../../runs/course/page.ts';
import { planOfRows } from '../../runs/plan.ts';
import { measureDrift, type DriftOptions } from '../../runs/verification/drift.ts';
import { print, type OutputFlags } from '../output.ts';
import { driftTable } from '../print/drift.ts';
import { watched } from '../progress.ts';
import { verdictPage } from '../../pages/verdict-page.ts';

export interface DriftFlags extends Pick<DriftOptions, 'rows' | 'against' | 'artefact'>, OutputFlags {
  readonly checks?: readonly string[] | undefined;
  readonly report?: string;
}

export async function driftCommand({ json, report, checks, rows, against, artefact }: DriftFlags): Promise<void> {
  if (checks !== undefined) fail('config', 'verify', '--trades or --bars beside --checks', 'neither');
  await withPage(report, async (page) => {
    const drift = await watched(({ onProgress, signal }) =>
      measureDrift({ rows, against, artefact, onProgress, signal }),
    );
    print({ drift }, json, () => driftTable(drift));
    const lead = `${rows} against ${against}`;
    page?.write(verdictPage({ lead, events: 'trades', plan: planOfRows(rows), reproducers: [], drift }));
  });
}
