/** After the compiler: the JSON Schema of the configuration, and the command made executable. */
import { chmodSync, writeFileSync } from 'node:fs';
import { z } from 'zod';
import { configSchema } from '../src/pipeline/config.ts';

const dist = new URL('../dist/', import.meta.url);
// Operators and built features are functions and trees: they exist in modules only, so JSON has no place for them.
const schema = z.toJSONSchema(configSchema, { io: 'input', unrepresentable: 'any' });
writeFileSync(new URL('config.schema.json', dist), `${JSON.stringify(schema, null, 2)}\n`);
chmodSync(new URL('cli/main.js', dist), 0o755);
