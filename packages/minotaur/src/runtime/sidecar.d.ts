/**
 * `<model>.json`, beside every model: what the model belongs to, and golden rows, inputs with the probabilities they
 * gave where the model was made. They are replayed whenever the model is opened.
 */
import { z } from 'zod';
declare const sidecar: z.ZodObject<
  {
    format: z.ZodLiteral<1>;
    schemaId: z.ZodString;
    artefactDigest: z.ZodString;
    golden: z.ZodArray<
      z.ZodObject<
        {
          input: z.ZodArray<z.ZodNumber>;
          probability: z.ZodNumber;
        },
        z.core.$strict
      >
    >;
  },
  z.core.$strict
>;
export type Sidecar = z.infer<typeof sidecar>;
export type GoldenRow = Sidecar['golden'][number];
/**
 * How far a replayed probability may be from the golden one. Not 0: kernels of other processors sum float32 in another
 * order. A tree that routes a row differently, or a wrong column, is off by far more.
 */
export declare const GOLDEN_TOLERANCE = 0.00001;
export declare function sidecarPath(model: string): string;
export declare function parseSidecar(text: string, path: string): Sidecar;
export {};
