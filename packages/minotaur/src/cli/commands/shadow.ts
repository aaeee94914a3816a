/** `minotaur verify --journal`. */
import { writeFile } from 'node:fs/promises';
import { fail } from 'minotaur-core/internal/base/errors';
import { loadConfig } from '../../files/config-file.ts';
import { planOfConfig } from '../../runs/plan.ts';
import { shadow, type ShadowOptions } from '../../runs/verification/shadow.ts';
import { failUnless, print, type OutputFlags } from '../output.ts';
import { shadowLines } from '../print/verify.ts';
import { watched } from '../progress.ts';
import { verdictPage } from '../../pages/verdict-page.ts';

export interface ShadowFlags extends Omit<ShadowOptions, 'config'>, OutputFlags {
  readonly config: string;
  readonly bars?: readonly string[];
  readonly report?: string;
}

export async function shadowCommand({ json, report, ...flags }: ShadowFlags): Promise<void> {
  if (flags.bars !== undefined) fail('config', 'verify --journal', "the venue's trades (--trades)", '--bars');
  const config = await loadConfig(flags.config);
  const { journal, trades, artefact, model } = flags;
  const verdict = await watched(({ onProgress }) => shadow({ journal, trades, artefact, model, config, onProgress }));
  print(verdict, json, ({ checks: [outcome] }) => shadowLines(outcome));
  if (report !== undefined) {
    const lead = `${journal}, with ${flags.config}`;
    const plan = await planOfConfig(config);
    await writeFile(report, verdictPage({ verdict, lead, events: 'trades', plan, reproducers: [] }));
  }
  failUnless(verdict.holds);
}
