/** `minotaur verify --journal`. */
import { fail } from 'minotaur-core/internal/base/errors';
import { loadConfig } from '../../files/config-file.ts';
import { withPage } from '../../runs/course/page.ts';
import { planOfConfig } from '../../runs/plan.ts';
import { recordedConfig } from '../../runs/verification/recorded-config.ts';
import { shadow, type ShadowOptions } from '../../runs/verification/shadow.ts';
import { namedFiles } from '../named-files.ts';
import { failUnless, print, type OutputFlags } from '../output.ts';
import { shadowLines } from '../print/verify.ts';
import { watched } from '../progress.ts';
import { verdictPage } from '../../pages/verdict-page.ts';

export interface ShadowFlags extends Omit<ShadowOptions, 'config' | 'trades'>, OutputFlags {
  readonly trades?: readonly string[];
  /** Undefined: that of the journal. */
  readonly config: string | undefined;
  readonly bars?: readonly string[];
  readonly report?: string;
}

export async function shadowCommand({ json, report, ...flags }: ShadowFlags): Promise<void> {
  if (flags.bars !== undefined) fail('config', 'verify --journal', "the venue's trades (--trades)", '--bars');
  const config = flags.config === undefined ? undefined : await loadConfig(flags.config);
  const { journal, artefact, model, accept, from, to } = flags;
  const trades = namedFiles('--trades', flags.trades) ?? flags.trades;
  const verdict = await withPage(report, async (page) => {
    const found = await watched(({ onProgress, signal }) =>
      shadow({ journal, trades, accept, artefact, model, from, to, config, onProgress, signal }),
    );
    print(found, json, shadowLines);
    const lead = `${journal}, with ${flags.config ?? 'the configuration that it holds'}`;
    const plan = await planOfConfig(config ?? recordedConfig(journal));
    page?.write(verdictPage({ verdict: found, lead, events: 'trades', plan, reproducers: [] }));
    return found;
  });
  failUnless(verdict.holds);
}
