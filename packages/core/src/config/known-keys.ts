/** The keys that a configuration can have at a place, for suggestions; looked up only when one is misspelt. */
import { configJsonSchema } from './schema.ts';

type Schema = Readonly<Record<string, unknown>>;

/** A schema and those that it is a choice of. */
function choices(schema: unknown): Schema[] {
  if (typeof schema !== 'object' || schema === null) return [];
  const own = schema as Schema;
  const parts = ['anyOf', 'oneOf', 'allOf'].flatMap((name) => (own[name] as unknown[] | undefined) ?? []);
  return [own, ...parts.flatMap(choices)];
}

const keysOf = (schema: Schema): string[] => Object.keys((schema['properties'] as object | undefined) ?? {});

/** Every key that may stand in the mapping at `path`. */
export function keysAt(path: readonly PropertyKey[]): string[] {
  let at = choices(configJsonSchema());
  for (const step of path) {
    at = at.flatMap((schema) => {
      const properties = schema['properties'] as Schema | undefined;
      return choices(properties?.[String(step)] ?? schema['additionalProperties'] ?? schema['items']);
    });
  }
  return [...new Set(at.flatMap(keysOf))];
}
