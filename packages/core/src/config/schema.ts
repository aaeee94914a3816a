/**
 * The configuration: one description of everything from trades to a model, as a person writes it (YAML, JSON, or a module)
 * and as the chain takes it, put together from the sections of the rooms. Unknown keys are refused by name: a misspelt
 * option that is silently ignored is a wrong model.
 */
import * as z from 'zod';
import { chainSections } from '../chain/section.ts';
import { labelSection } from '../labels/section.ts';
import { modelSection } from '../model/section.ts';
import { splitSection } from '../splits/section.ts';
import { inputSection } from '../trades/input-section.ts';
import { transformSection } from '../transform/section.ts';
import { selectionSection } from '../transform/selection-section.ts';
import { sequenceSection } from '../transform/sequence-section.ts';
import { dataSection } from './data-section.ts';

/** The configuration as a Zod schema; `config.schema.json` is made from it. */
export const configSchema = z
  .strictObject({
    ...chainSections,
    input: inputSection.prefault({}),
    data: dataSection.prefault({}),
    label: labelSection.prefault({ method: 'fixed' }),
    split: splitSection.prefault({ method: 'chronological' }),
    sequence: sequenceSection.prefault({}),
    model: modelSection.prefault({ kind: 'trees' }),
    transform: transformSection.prefault({}),
    selection: selectionSection.prefault({}),
  })
  .describe('Minotaur configuration');

/** What nobody will change: `as const` is welcome. */
type Constant<T> = T extends (...args: never[]) => unknown
  ? T
  : T extends object
    ? { readonly [K in keyof T]: Constant<T[K]> }
    : T;

/** A configuration as written. */
export type ConfigInput = Constant<z.input<typeof configSchema>>;
/** A configuration with every default filled in. */
export type Config = z.output<typeof configSchema>;

/** The configuration as JSON Schema. Operators and built features are functions and trees: JSON has no place for them. */
export function configJsonSchema(): Readonly<Record<string, unknown>> {
  return z.toJSONSchema(configSchema, { io: 'input', unrepresentable: 'any' });
}
