/** `minotaur verify --journal`. */
import { fail } from 'minotaur-core/internal/base/errors';
import { loadConfig } from '../../files/config-file.ts';
import { withPage } from '../../runs/course/page.ts';
import { planOfConfig } from '../../runs/plan.ts';
import { shadow, type ShadowOptions } from '../../runs/verification/shadow.ts';
import { namedFiles } from '../named-files.ts';
import { failUnless, print, type OutputFlags } from '../output.ts';
import { shadowLines } from '../print/verify.ts';
import { watched } from '../progress.ts';
import { verdictPage } from '../../pages/verdict-page.ts';

export interface ShadowFlags extends Omit<ShadowOptions, 'config' | 'trades'>, OutputFlags {
  readonly trades?: readonly string[];
  readonly config: string;
  readonly bars?: readonly string[];
  readonly report?: string;
}

export async function shadowCommand({ json, report, ...flags }: ShadowFlags): Promise<void> {
  if (flags.bars !== undefined) fail('config', 'verify --journal', "the venue's trades (--trades)", '--bars');
  const config = await loadConfig(flags.config);
  const { journal, artefact, model, accept, from, to } = flags;
  const trades = namedFiles('--trades', flags.trades) ?? flags.trades;
  const verdict = await withPage(report, async (page) => {
    const found = await watched(({ onProgress, signal }) =>
      shadow({ journal, trades, accept, artefact, model, from, to, config, onProgress, signal }),
    );
    print(found, json, ({ checks: [outcome] }) => shadowLines(outcome));
    const lead = `${journal}, with ${flags.config}`;
    page?.write(
      verdictPage({ verdict: found, lead, events: 'trades', plan: await planOfConfig(config), reproducers: [] }),
    );
    return found;
  });
  failUnless(verdict.holds);
}
