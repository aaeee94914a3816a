/** `features`: the catalogue of operators, those that a configuration brings included, and what each remembers. */
import { optionsOf, requireKind, textual } from 'minotaur-core/internal/base/options';
import { fail } from 'minotaur-core/internal/base/errors';
import { nearest } from 'minotaur-core/internal/base/nearest';
import { withOperators } from 'minotaur-core/internal/features/catalogue';
import { exampleParams } from 'minotaur-core/internal/features/contract/example';
import { signature } from 'minotaur-core/internal/features/contract/call';
import type { Catalogue } from 'minotaur-core/internal/features/contract/graph';
import { TOLERANCE } from 'minotaur-core/internal/features/contract/memory';
import type { Memory, NanPolicy, Operator, ParameterSpec } from 'minotaur-core/internal/features/contract/operator';
import { configArgument } from '../files/config-file.ts';
import { RUN } from './course/options.ts';
import { resolveConfig, type ConfigArgument } from '../files/config-file.ts';
import { measureOperator, rowsToSettle } from '../verify/memory/operator-memory.ts';
import { beginRun, createCourse, type RunOptions } from './course/options.ts';

/** What `listOperators` and `measureMemory` take. */
export interface CatalogueOptions extends RunOptions {
  /** Whose operators are added to the catalogue. */
  readonly config: ConfigArgument;
  /** One operator; all where absent. */
  readonly name?: string | undefined;
}

const CATALOGUE = optionsOf<CatalogueOptions>({ config: configArgument }, { ...RUN, name: textual });

/** An operator of the catalogue. */
export interface OperatorEntry {
  /** By which expressions call it. */
  readonly name: string;
  /** The kind of thing it is. */
  readonly family: string;
  /** Rises where its bits change. */
  readonly version: number;
  /** `rsi(x, period)`. */
  readonly signature: string;
  /** In a sentence. */
  readonly summary: string;
  /** In full. */
  readonly formula: string;
  /** Columns that it takes. */
  readonly inputs: readonly string[];
  /** Columns that it gives. */
  readonly outputs: readonly string[];
  /** Numbers that it takes, with their ranges. */
  readonly params: readonly ParameterSpec[];
  /** Parameters of an example. */
  readonly example: readonly number[];
  /** Rows before its first value, with the parameters of the example. */
  readonly lookback: number;
  /** What it declares to remember, with the parameters of the example. */
  readonly memory: Memory;
  /** What becomes of a missing value. */
  readonly nan: NanPolicy;
  /** Where it has no value beyond its lookback. */
  readonly undefinedWhen: string | null;
  /** Where it comes from. */
  readonly source: string;
}

/** What an operator remembers, measured. */
export interface OperatorMemoryReport {
  /** By which expressions call it. */
  readonly name: string;
  /** The kind of thing it is. */
  readonly family: string;
  /** Parameters that it was measured with. */
  readonly params: readonly number[];
  /** What it declares. */
  readonly declared: Memory;
  /** What was found. */
  readonly measured: {
    /** Rows after a late start until a difference above a level was gone: `1e-6`... `equal`; null: not by the end. */
    readonly rows: Readonly<Record<string, number | null>>;
    /** Late starts. */
    readonly starts: number;
    /** Rows compared, all outputs together. */
    readonly compared: number;
  };
  /** Whether the declaration does. */
  readonly holds: boolean;
  /** The first contradiction. */
  readonly first: string | null;
}

/**
 * The catalogue of operators by family, or one entry of it.
 * @throws {MinotaurError} for an operator that there is not
 */
export async function listOperators(options: CatalogueOptions): Promise<readonly OperatorEntry[]> {
  requireKind('listOperators', CATALOGUE, options);
  return (await operatorsOf(options)).operators.map(describe);
}

/**
 * How long operators remember where they were started, against what they declare.
 * @throws {MinotaurError} for an operator that there is not; a declaration that does not hold is an answer
 */
export async function measureMemory(options: CatalogueOptions): Promise<readonly OperatorMemoryReport[]> {
  requireKind('measureMemory', CATALOGUE, options);
  const { operators, catalogue } = await operatorsOf(options);
  const course = createCourse(options, { step: 'memory', unit: 'operators', total: operators.length });
  const reports: OperatorMemoryReport[] = [];
  for (const op of operators) {
    reports.push(measure(op, catalogue));
    await course.add(1);
  }
  return reports;
}

async function operatorsOf({ config, name, ...run }: CatalogueOptions) {
  beginRun(run);
  const catalogue = withOperators((await resolveConfig(config)).config.operators);
  if (name !== undefined) return { catalogue, operators: [findOperator(name, catalogue)] };
  const operators = [...catalogue.values()].sort((a, b) => (a.family + a.name < b.family + b.name ? -1 : 1));
  return { catalogue, operators };
}

function findOperator(name: string, catalogue: Catalogue): Operator {
  const known = (): string => `'${name}'${nearest(name, [...catalogue.keys()])}`;
  return catalogue.get(name) ?? fail('config', 'features', 'an operator of the catalogue', known());
}

function describe(op: Operator): OperatorEntry {
  const params = exampleParams(op);
  return {
    name: op.name,
    family: op.family,
    version: op.version,
    signature: signature(op),
    summary: op.summary,
    formula: op.formula,
    inputs: op.inputs,
    outputs: op.outputs,
    params: op.params,
    example: params,
    lookback: op.lookback(params),
    memory: op.memory(params, TOLERANCE),
    nan: op.nan,
    undefinedWhen: op.undefinedWhen ?? null,
    source: op.source,
  };
}

function measure(op: Operator, catalogue: Catalogue): OperatorMemoryReport {
  const one = measureOperator(op, catalogue);
  const { params, declared, starts, compared, first } = one;
  const rows = Object.fromEntries(rowsToSettle(one).map(({ level, rows: n }) => [levelName(level), n]));
  const { name, family } = op;
  return { name, family, params, declared, measured: { rows, starts, compared }, holds: first === null, first };
}

const levelName = (level: number): string => (level === 0 ? 'equal' : level.toExponential());
