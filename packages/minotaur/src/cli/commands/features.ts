/** `minotaur features [NAME]`: the catalogue, one entry, or what operators remember. */
import { listOperators, measureMemory, type CatalogueOptions } from '../../runs/catalogue.ts';
import { failUnless, print, type OutputFlags } from '../output.ts';
import { catalogueLines, entryLines, memoryTable } from '../print/catalogue.ts';
import { watched } from '../progress.ts';

export type FeaturesFlags = CatalogueOptions & OutputFlags & { readonly memory?: boolean };

export async function featuresCommand({ json, memory, ...options }: FeaturesFlags): Promise<void> {
  if (memory) return memoryCommand({ json, ...options });
  const found = await listOperators(options);
  print(found, json, options.name === undefined ? catalogueLines : ([op]) => entryLines(op));
}

async function memoryCommand({ json, ...options }: FeaturesFlags): Promise<void> {
  const measured = await watched(({ onProgress, signal }) => measureMemory({ ...options, onProgress, signal }));
  print(measured, json, memoryTable);
  failUnless(measured.every(({ holds }) => holds));
}
