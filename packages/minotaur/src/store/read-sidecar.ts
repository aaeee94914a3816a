/** What stands in a sidecar, and nothing else: loaded by who opens a model, since it takes a library for schemas. */
import * as z from 'zod';
import { fail } from 'minotaur-core/internal/base/errors';

const golden = z.strictObject({
  /** L F values, row by row. */
  input: z.array(z.number()),
  probability: z.number().min(0).max(1),
});

const sidecar = z.strictObject({
  format: z.literal(1),
  schemaId: z.string(),
  artefactDigest: z.string(),
  golden: z.array(golden).min(1),
});

/** What stands in it. */
export type Sidecar = z.infer<typeof sidecar>;
export function parseSidecar(text: string, path: string): Sidecar {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch (error) {
    fail('input', path, 'JSON', (error as Error).message);
  }
  const parsed = sidecar.safeParse(value);
  if (parsed.success) return parsed.data;
  const [issue] = parsed.error.issues;
  return fail('input', `${path}, ${issue.path.join('.') || 'top'}`, 'a model sidecar', issue.message);
}
