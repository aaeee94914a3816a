/**
 * Turns the features of one clock, or of rows, into a graph of operator nodes in the order they run. The same expression is one
 * node however often it is written; composites dissolve into their parts first, so their parts are shared too.
 */
import { fail } from '../../base/errors.ts';
import { BAR_UNBOUNDED } from '../../bars/bar.ts';
import { argumentsOf, type Refuse } from './call.ts';
import { expandRange, expressionText, parseFeature, substitute, type Expression, type Feature } from './expression.ts';
import { isComposite, type CompositeOperator, type Memory, type Operator, type PrimitiveOperator } from './operator.ts';
import { nearest } from '../../base/nearest.ts';
import { layProgram, type Program } from './program.ts';
import { namesOf } from './names.ts';
import { chainedMemory, longerMemory, TOLERANCE } from './memory.ts';

export type Catalogue = ReadonlyMap<string, Operator>;

/** A column of the graph: one that it is built over, or an output of a node. */
export interface GraphColumn {
  /** The expression it holds, in canonical text. */
  readonly text: string;
  /** Rows before the newest that somebody reads. */
  history: number;
  readonly lookback: number;
  readonly memory: Memory;
  /** When it is NaN although its lookback is filled, in words; absent: never. */
  readonly undefinedWhen?: string;
}

export interface GraphNode {
  readonly op: PrimitiveOperator;
  readonly params: readonly number[];
  readonly inputs: readonly number[];
  readonly outputs: readonly number[];
  /** What the operator declares to remember of its inputs, at the tolerance of the graph. */
  readonly memory: Memory;
}

/** What of a graph is not said by its features. */
export interface GraphOptions {
  /** What the columns are that it is built over, in words. */
  readonly over?: string;
  /** Why these can be NaN, for those that can. */
  readonly undefinedWhen?: ReadonlyMap<string, string>;
  /** What they remember themselves, where that is more than the row; absent: that of bar columns. */
  readonly memories?: ReadonlyMap<string, Memory>;
  /** Of what family the given columns are; {@link GIVEN_FAMILY} where absent. */
  readonly families?: ReadonlyMap<string, string>;
  /** How much of the start may be left in what fades; {@link TOLERANCE} where absent. */
  readonly tolerance?: number;
}

/** A feature of a graph. */
interface GraphFeature {
  /** Without suffix. */
  readonly name: string;
  /** The column that it is. */
  readonly column: number;
  /** Of the operator that says what it is: `momentum`. Arithmetic, and transforms of another feature, are what they are made of. */
  readonly family: string;
}

/** The family of what bars hold themselves. */
const GIVEN_FAMILY = 'bars';
/** Families that say how, not what. */
const PASSING: ReadonlySet<string> = new Set(['arithmetic', 'transform']);

export interface FeatureGraph {
  readonly columns: readonly GraphColumn[];
  readonly nodes: readonly GraphNode[];
  /** In the order asked for. */
  readonly features: readonly GraphFeature[];
  /** Its nodes as instructions, which all tables of it run. */
  readonly program: Program;
}

const NOW: Memory = { class: 'finite', rows: 1 };
const BAR_MEMORIES: ReadonlyMap<string, Memory> = new Map(
  Array.from(BAR_UNBOUNDED, (name) => [name, { class: 'unbounded' }]),
);

/** Builds the graph of `features` over `given` columns, those of bars or of rows; refuses unknown names with the nearest known one. */
export function buildGraph(
  features: readonly (string | Feature)[],
  given: readonly string[],
  catalogue: Catalogue,
  options: GraphOptions = {},
): FeatureGraph {
  const builder = new GraphBuilder(given, catalogue, options);
  for (const feature of features) {
    const parsed = typeof feature === 'string' ? parseFeature(feature) : feature;
    for (const one of expandRange(parsed)) builder.addFeature(one);
  }
  return builder;
}

class GraphBuilder implements FeatureGraph {
  readonly columns: GraphColumn[] = [];
  readonly nodes: GraphNode[] = [];
  readonly features: GraphFeature[] = [];
  readonly #catalogue: Catalogue;
  /** Outputs of each node by its canonical text. */
  readonly #nodeOutputs = new Map<string, readonly number[]>();
  readonly #given: ReadonlyMap<string, number>;
  readonly #names = new Map<string, string>();
  readonly #families: ReadonlyMap<string, string>;
  readonly #tolerance: number;
  readonly #over: string;
  #program: Program | undefined;
  #text = '';
  readonly #refuse: Refuse = (expected, found) => fail('config', `feature '${this.#text}'`, expected, found);

  constructor(
    given: readonly string[],
    catalogue: Catalogue,
    {
      over = 'a bar column',
      undefinedWhen = new Map(),
      memories = BAR_MEMORIES,
      families = new Map(),
      tolerance = TOLERANCE,
    }: GraphOptions,
  ) {
    this.#families = families;
    this.#catalogue = catalogue;
    this.#tolerance = tolerance;
    this.#over = over;
    this.#given = new Map(given.map((name, i) => [name, i]));
    for (const text of given)
      this.columns.push({
        text,
        history: 0,
        lookback: 0,
        memory: memories.get(text) ?? NOW,
        ...(undefinedWhen.has(text) ? { undefinedWhen: undefinedWhen.get(text) as string } : {}),
      });
  }

  get program(): Program {
    return (this.#program ??= layProgram(this.nodes));
  }

  addFeature(feature: Feature): void {
    this.#text = feature.text;
    const { expression } = feature;
    const outputs = this.#resolve(expression);
    const op = expression.kind === 'call' ? this.#catalogue.get(expression.name) : undefined;
    const names = namesOf(feature, outputs.length, op, this.#refuse);
    const family = this.#familyOf(expression) ?? GIVEN_FAMILY;
    outputs.forEach((column, i) => {
      const before = this.#names.get(names[i]);
      if (before !== undefined) {
        this.#refuse(`a name of its own (use \`as\`)`, `'${names[i]}', which '${before}' has already`);
      }
      this.#names.set(names[i], feature.text);
      this.features.push({ name: names[i], column, family });
    });
  }

  /** Undefined of numbers. */
  #familyOf(e: Expression): string | undefined {
    if (e.kind === 'column') return this.#families.get(e.name) ?? GIVEN_FAMILY;
    if (e.kind !== 'call') return undefined;
    const { family } = this.#operator(e.name);
    if (!PASSING.has(family)) return family;
    const parts = e.args.flatMap((arg) => this.#familyOf(arg) ?? []);
    const telling = parts.find((part) => part !== GIVEN_FAMILY);
    return telling ?? (family === 'arithmetic' ? parts[0] : family);
  }

  /** Columns that hold the outputs of `e`. */
  #resolve(e: Expression): readonly number[] {
    switch (e.kind) {
      case 'column':
        return [this.#givenColumn(e.name)];
      case 'number':
        return this.#node('constant', [], [e.value]);
      case 'range':
        return this.#refuse('a range inside a feature', `'${expressionText(e)}' on its own`);
      case 'call':
        return this.#select(e, this.#callOutputs(e));
    }
  }

  #select(e: Expression & { kind: 'call' }, outputs: readonly number[]): readonly number[] {
    if (e.output === undefined) return outputs;
    const op = this.#operator(e.name);
    const index = op.outputs.indexOf(e.output);
    if (index < 0) this.#refuse(`an output of ${e.name} (${op.outputs.join(', ')})`, `'${e.output}'`);
    return [outputs[index]];
  }

  #callOutputs(e: Expression & { kind: 'call' }): readonly number[] {
    const op = this.#operator(e.name);
    const { inputs, params } = argumentsOf(op, e.args, this.#given, this.#refuse);
    if (isComposite(op)) return this.#dissolve(op, inputs, params);
    const names = new Map(op.inputs.map((name, i) => [name, inputs[i]]));
    const shared = (op.shared ?? []).map((text) => substitute(parseFeature(text).expression, names));
    const columns = [...inputs, ...shared].map((input) => {
      const resolved = this.#resolve(input);
      if (resolved.length !== 1) {
        this.#refuse(
          `one output of '${expressionText(input)}' as input of ${op.name} (write .output)`,
          `${resolved.length}`,
        );
      }
      return resolved[0];
    });
    return this.#node(e.name, columns, params);
  }

  #dissolve(op: CompositeOperator, inputs: readonly Expression[], params: readonly number[]): readonly number[] {
    const names = new Map<string, Expression>(op.inputs.map((name, i) => [name, inputs[i]]));
    op.params.forEach((param, i) => names.set(param.name, { kind: 'number', value: params[i] }));
    const texts = typeof op.expand === 'function' ? op.expand(params) : op.expand;
    return texts.flatMap((text) => this.#resolve(substitute(parseFeature(text).expression, names)));
  }

  #node(name: string, inputs: readonly number[], params: readonly number[]): readonly number[] {
    const op = this.#operator(name) as PrimitiveOperator;
    const named = inputs.slice(0, op.inputs.length).map((i) => this.columns[i].text);
    const text = `${name}(${[...named, ...params.map(String)].join(', ')})`;
    const known = this.#nodeOutputs.get(text);
    if (known !== undefined) return known;
    const history = this.#counted(op, 'history', params);
    this.#counted(op, 'slots', params);
    for (const input of inputs) this.columns[input].history = Math.max(this.columns[input].history, history);
    const sources = inputs.map((i) => this.columns[i]);
    const rowsRead = op.rowsRead?.(params);
    const lookbacks = sources.map(
      (c, i) => c.lookback + (rowsRead === undefined ? op.lookback(params) : rowsRead[i] - 1),
    );
    const lookback = Math.max(sources.length === 0 ? op.lookback(params) : 0, ...lookbacks);
    const own = op.memory(params, this.#tolerance);
    const memories = sources.map((c, i) =>
      chainedMemory(rowsRead === undefined ? own : { class: 'finite', rows: rowsRead[i] }, c.memory),
    );
    const memory = memories.reduce(longerMemory, own);
    const reasons = [op.undefinedWhen, ...sources.map((c) => c.undefinedWhen)].filter((reason) => reason !== undefined);
    const undefinedWhen = reasons.length > 0 ? { undefinedWhen: [...new Set(reasons)].join('; ') } : {};
    const outputHistory = op.outputHistory === undefined ? 0 : this.#counted(op, 'outputHistory', params);
    const outputs = op.outputs.map((output) => {
      const suffix = op.outputs.length > 1 ? `.${output}` : '';
      this.columns.push({ text: text + suffix, history: outputHistory, lookback, memory, ...undefinedWhen });
      return this.columns.length - 1;
    });
    this.nodes.push({ op, params, inputs, outputs, memory: own });
    this.#nodeOutputs.set(text, outputs);
    return outputs;
  }

  /** What memory is laid out by: where it is no count, columns and states of others would lie in the same place. */
  #counted(op: PrimitiveOperator, what: 'history' | 'outputHistory' | 'slots', params: readonly number[]): number {
    const count = op[what]?.(params) as unknown;
    if (Number.isSafeInteger(count) && (count as number) >= 0) return count as number;
    return this.#refuse(
      `${what} of ${op.name} to be an integer of at least 0`,
      `${String(count)} of (${params.join(', ')})`,
    );
  }

  #givenColumn(name: string): number {
    const index = this.#given.get(name);
    if (index !== undefined) return index;
    return this.#refuse(this.#over, `'${name}'${nearest(name, [...this.#given.keys()])}`);
  }

  #operator(name: string): Operator {
    const op = this.#catalogue.get(name);
    return op ?? this.#refuse('an operator of the catalogue', `'${name}'${nearest(name, [...this.#catalogue.keys()])}`);
  }
}
