/** What predicted in a recorded session, start by start: what the user names, and what the journal kept as it was replaced. */
import type { Plan } from 'minotaur-core/internal/chain/plan';
import { fail } from 'minotaur-core/internal/base/errors';
import type { JournalEntry } from '../../journal/reader.ts';
import { openModelOf } from '../../runtime/artefact-model.ts';
import { readArtefactOf } from '../../store/artefact.ts';
import { modelDigest } from '../../store/model.ts';
import { keptFiles, noteOf, servedIn, servedOf, type ModelFiles, type ServedModel } from '../../store/served-model.ts';
import type { ShadowModel, ShadowModels } from '../../verify/shadow/shadow-code.ts';
import { servedFiles } from '../chain/predictions.ts';

interface Asked {
  readonly journal: string;
  readonly artefact?: string | undefined;
  readonly model?: string | undefined;
}

/** @throws {MinotaurError} of kind `state` where what predicted is neither named nor kept */
export async function openShadowModels(
  asked: Asked,
  plan: Plan,
  entries: Iterable<JournalEntry>,
): Promise<{ readonly at: ShadowModels; close(): Promise<void> } | undefined> {
  const starts = servedByStart(entries);
  const opened = new Map<string, ShadowModel>();
  const open = async ({ artefact: file, model: path }: ModelFiles): Promise<ShadowModel> => {
    const artefact = readArtefactOf(plan, file);
    const by = { artefact, model: await openModelOf(artefact, path) };
    opened.set(noteOf(servedOf(artefact, modelDigest(path))), by);
    return by;
  };
  const named = servedFiles(asked);
  const given = named === undefined ? undefined : await open(named);
  for (const served of starts.values()) {
    if (served === undefined || opened.has(noteOf(served))) continue;
    const kept = keptFiles(asked.journal, served);
    if (kept !== undefined) await open(kept);
    else if (given !== undefined)
      fail('state', asked.journal, `what predicted there (${noteOf(served)}), named or kept`, 'neither');
  }
  if (opened.size === 0) return undefined;
  return {
    at(start) {
      const served = starts.get(start);
      return served === undefined ? given : opened.get(noteOf(served));
    },
    async close() {
      for (const { model } of opened.values()) await model.close();
    },
  };
}

/** By the number of the start, from 0: what the note behind it says, or the one before. */
function servedByStart(entries: Iterable<JournalEntry>): ReadonlyMap<number, ServedModel | undefined> {
  const starts = new Map<number, ServedModel | undefined>();
  let start = -1;
  let served: ServedModel | undefined;
  for (const { record } of entries) {
    if (record.kind === 'start') starts.set(++start, served);
    else if (record.kind === 'note') starts.set(start, (served = servedIn(record.text) ?? served));
  }
  return starts;
}
