/** The JSON Schema of the configuration, for editors; made from what was just built. */
import { writeFileSync } from 'node:fs';
import { z } from 'zod';

const dist = new URL('../packages/minotaur/dist/', import.meta.url);

export async function writeConfigSchema(): Promise<void> {
  const { configSchema } = (await import(new URL('../packages/core/dist/index.js', import.meta.url).href)) as {
    configSchema: z.ZodType;
  };
  // Operators and built features are functions and trees: they exist in modules only, so JSON has no place for them.
  const schema = z.toJSONSchema(configSchema, { io: 'input', unrepresentable: 'any' });
  writeFileSync(new URL('config.schema.json', dist), `${JSON.stringify(schema, null, 2)}\n`);
}
