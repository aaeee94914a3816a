/** The JSON Schema of the configuration, for editors; made from what was just built. */
import { writeFileSync } from 'node:fs';

const core = new URL('../packages/core/dist/index.js', import.meta.url).href;
const file = new URL('../packages/minotaur/dist/config.schema.json', import.meta.url);

export async function writeConfigSchema(): Promise<void> {
  const { configJsonSchema } = (await import(core)) as { configJsonSchema: () => object };
  writeFileSync(file, `${JSON.stringify(configJsonSchema(), null, 2)}\n`);
}
