/**
 * `<model>.json`, beside every model: what the model belongs to, and golden rows, inputs with the probabilities they
 * gave where the model was made. They are replayed whenever the model is opened.
 */
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
/** An input, and the probability that it gave where the model was made. */
export type GoldenRow = Sidecar['golden'][number];

/**
 * How far a replayed probability may be from the golden one. Not 0: kernels of other processors sum float32 in another
 * order. A tree that routes a row differently, or a wrong column, is off by far more.
 */
export const GOLDEN_TOLERANCE = 1e-5;

/** Where the sidecar of a model is. */
export function sidecarPath(model: string): string {
  return `${model}.json`;
}

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
