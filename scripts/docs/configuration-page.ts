/** `configuration.md`: every key of a configuration with its meaning and default, as the schema has them, and every group and preset. */
import { createPlan } from '../../packages/core/src/chain/plan.ts';
import { parseConfig } from '../../packages/core/src/config/config.ts';
import { presets } from '../../packages/core/src/config/presets.ts';
import { configJsonSchema } from '../../packages/core/src/config/schema.ts';
import { groups } from '../../packages/core/src/features/groups.ts';
import { configurationExamples } from './configuration-examples.ts';

/** What of a JSON Schema is said of a key. */
interface Schema {
  readonly type?: string;
  readonly description?: string;
  readonly default?: unknown;
  readonly const?: unknown;
  readonly enum?: readonly unknown[];
  readonly minimum?: number;
  readonly maximum?: number;
  readonly exclusiveMinimum?: number;
  readonly exclusiveMaximum?: number;
  readonly items?: Schema;
  readonly prefixItems?: readonly Schema[];
  readonly properties?: Readonly<Record<string, Schema>>;
  readonly additionalProperties?: Schema | boolean;
  readonly required?: readonly string[];
  readonly anyOf?: readonly Schema[];
  readonly oneOf?: readonly Schema[];
}

const LEAD = `# Configuration

One description of everything from trades to a model: YAML, JSON, or a TypeScript or JavaScript module that default-exports the same (operators of your own live there). A key that is not known is refused by name, with the nearest that is. Editors complete and check it by the schema that ships with the package:

\`\`\`yaml
# yaml-language-server: $schema=./node_modules/minotaur/dist/config.schema.json
\`\`\`

This page is made from the schema: \`npm run docs\`. What the words mean exactly stands in [semantics](semantics.md), [inputs](inputs.md), [labels and splits](labels.md), [the transform](transform.md) and [many instruments](many-instruments.md); the operators of features [here](operators/README.md).
`;

export function configurationPage(): string {
  const { properties = {} } = configJsonSchema() as Schema;
  const sections = Object.entries(properties).map(([name, schema]) => sectionOf(name, schema));
  return [LEAD, ...sections, groupsSection(), presetsSection()].join('\n');
}

function sectionOf(name: string, schema: Schema): string {
  const example = configurationExamples[name];
  const lines = [`## ${name}\n`];
  if (schema.description !== undefined) lines.push(`${sentence(schema.description)}\n`);
  const tables = tablesOf(schema);
  if (tables === '') lines.push(`${capital(kindOf(schema))}${defaultOf(schema, ' ')}.\n`);
  if (example !== undefined) lines.push(`\`\`\`yaml\n${example.trim()}\n\`\`\`\n`);
  return [...lines, tables].join('\n');
}

/** A table for each kind of mapping that may stand there. */
function tablesOf(schema: Schema): string {
  const choices = objectsOf(schema);
  return choices
    .map((choice) => ({ title: choices.length > 1 ? titleOf(choice) : undefined, rows: rowsOf(choice, '') }))
    .filter(({ rows }) => rows.length > 0)
    .map(({ title, rows }) => {
      const head = title === undefined ? '' : `${title}\n\n`;
      return `${head}| key | value | default | |\n|---|---|---|---|\n${rows.join('\n')}\n`;
    })
    .join('\n');
}

/** The mappings among the choices of a schema; of a mapping by names, what stands behind a name. */
function objectsOf(schema: Schema): Schema[] {
  const inner = schema.additionalProperties;
  const own = schema.properties === undefined ? [] : [schema];
  const named = typeof inner === 'object' ? objectsOf(inner) : [];
  return [...own, ...named, ...choicesOf(schema).flatMap(objectsOf)];
}

const choicesOf = ({ anyOf = [], oneOf = [] }: Schema): readonly Schema[] => [...anyOf, ...oneOf];

/** What tells one choice from the others: the words of its first key, or that it has it. */
function titleOf({ properties = {}, description }: Schema): string {
  const [key, { const: only, enum: words }] = Object.entries(properties)[0];
  const fixed = words ?? (only === undefined ? [] : [only]);
  const told = fixed.length === 0 ? `With \`${key}\`` : fixed.map((word) => `\`${key}: ${String(word)}\``).join(', ');
  return description === undefined ? `${told}:` : `${told}. ${capital(description)}:`;
}

function rowsOf({ properties = {}, required = [] }: Schema, path: string): string[] {
  return Object.entries(properties).flatMap(([key, schema]) => {
    const name = `${path}${key}`;
    const must = required.includes(key) && schema.default === undefined ? 'required' : defaultOf(schema);
    const own = `| \`${name}\` | ${cell(kindOf(schema))} | ${cell(must)} | ${cell(capital(schema.description ?? ''))} |`;
    const [only, ...others] = objectsOf(schema);
    const isPlain = only !== undefined && others.length === 0 && schema.additionalProperties !== only;
    return isPlain ? [own, ...rowsOf(only, `${name}.`)] : [own];
  });
}

function kindOf(schema: Schema): string {
  const { type, const: only, enum: words, items, prefixItems, additionalProperties: named } = schema;
  if (only !== undefined) return `\`${JSON.stringify(only)}\``.replaceAll('"', '');
  if (words !== undefined) return words.map((word) => `\`${String(word)}\``).join(', ');
  const choices = choicesOf(schema);
  if (choices.length > 0) return [...new Set(choices.map(kindOf))].join(' or ');
  if (type === 'array')
    return prefixItems ? `${prefixItems.length} of: ${kindOf(prefixItems[0])}` : `list of: ${kindOf(items ?? {})}`;
  if (type === 'object') return typeof named === 'object' ? `by name: ${kindOf(named)}` : 'mapping';
  if (type === 'string') return 'text';
  if (type === 'boolean') return 'true, false';
  if (type === 'number' || type === 'integer')
    return `${type === 'integer' ? 'whole number' : 'number'}${rangeOf(schema)}`;
  return 'see the text';
}

function rangeOf({ minimum, maximum, exclusiveMinimum, exclusiveMaximum }: Schema): string {
  const isBound = (bound: number | undefined): bound is number => bound !== undefined && Math.abs(bound) < 2 ** 53 - 1;
  const parts = [
    ...(isBound(minimum) ? [`from ${minimum}`] : []),
    ...(isBound(exclusiveMinimum) ? [`above ${exclusiveMinimum}`] : []),
    ...(isBound(maximum) ? [`to ${maximum}`] : []),
    ...(isBound(exclusiveMaximum) ? [`below ${exclusiveMaximum}`] : []),
  ];
  return parts.length === 0 ? '' : ` ${parts.join(', ')}`;
}

function defaultOf({ default: value }: Schema, before = ''): string {
  if (value === undefined) return '';
  const text = typeof value === 'string' ? value : JSON.stringify(value);
  if (text === '{}' || text === '[]') return '';
  return before === '' ? `\`${text}\`` : `,${before}default \`${text}\``;
}

/** Every group of features, with the columns that it makes. */
function groupsSection(): string {
  const lines = Object.entries(groups).map(([name, features]) => {
    const each = features.map((feature) => `    ${feature}`).join('\n');
    return `### ${name}\n\n${features.length} features:\n\n${each}\n`;
  });
  const lead =
    'A list of features may hold `{ preset: NAME }` for all of a group. Each feature is an expression as it could stand in the list itself; `as` names its column, to which the suffix of the clock is added.\n';
  return [`## Groups of features\n`, lead, ...lines].join('\n');
}

/** Every preset, with its clocks and what it asks of the data. */
function presetsSection(): string {
  const lines = Object.keys(presets).map((name) => {
    const plan = createPlan(parseConfig(name));
    const clocks = plan.clocks.map(({ name: clock, warmup }) => {
      const because = warmup.because === undefined ? '' : `, for \`${warmup.because}\``;
      return `| \`${clock}\` | ${warmup.bars.toLocaleString('en')} bars${because} |`;
    });
    return `### ${name}\n\n${plan.columns.length} columns.\n\n| clock | warm after |\n|---|---|\n${clocks.join('\n')}\n`;
  });
  return [
    '## Presets\n',
    'Whole configurations, by name: `--config NAME`. `minotaur init` writes one that fits your files.\n',
    ...lines,
  ].join('\n');
}

const capital = (text: string): string => text.slice(0, 1).toUpperCase() + text.slice(1);
const sentence = (text: string): string => (/[.!?]$/.test(text) ? capital(text) : `${capital(text)}.`);
const cell = (text: string): string => text.replaceAll('|', '\\|').replaceAll('\n', ' ');
