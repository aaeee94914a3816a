/** The laws that need a chain, over every operator that ships: availability and identity. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { BAR_FEATURES, COLUMN } from '../../packages/core/src/bars/bar.ts';
import { sameBits } from '../../packages/core/src/base/canonical.ts';
import type { Engine } from '../../packages/core/src/chain/contract.ts';
import { operators } from '../../packages/core/src/features/catalogue.gen.ts';
import { isComposite, type Operator } from '../../packages/core/src/features/contract/operator.ts';
import type { ConfigInput } from '../../packages/core/src/config/config.ts';
import { createEngine } from '../../packages/core/src/config/engine.ts';
import { blockOf, walk } from '../trades.ts';
import { parameterSets } from '../../packages/minotaur/src/verify/testing/params.ts';

const trades = walk(1500, 5);
/** Inputs that are no bar columns; the first lies between -1 and 1, where every function has a value. */
const BESIDE = ['trade_imbalance', 'volume', 'open'];
const COLUMNS: ReadonlySet<string> = new Set([...BAR_FEATURES, ...Object.keys(COLUMN)]);

/** The operator as a feature: of the bar's own columns where it names them. */
function featureOf(op: Operator, params: readonly number[], name = op.name): string {
  const inputs = op.inputs.map((input, k) => (COLUMNS.has(input) ? input : BESIDE[k % BESIDE.length]));
  const outputs = op.outputs.map((_, k) => `out${k}`);
  const infix = name === 'and' || name === 'or';
  const call = infix ? inputs.join(` ${name} `) : `${name}(${[...inputs, ...params].join(', ')})`;
  return `${call} as ${outputs.join(', ')}`;
}

function configOf(feature: string, own: readonly Operator[] = []): ConfigInput {
  const features = { it: [feature], of: [feature], tenth: [feature] };
  const clocks = {
    it: { bars: 'tick', threshold: 4 },
    of: { from: 'it', count: 3 },
    tenth: { bars: 'time', every: '100ms' },
  } as const;
  return { clocks, features, operators: [...own] };
}

/** A row holds what the operator gave for the newest bar that was available, found by a plain search. */
function checkL5(config: ConfigInput): number {
  const known: Record<string, { at: number; event: number; values: number[] }[]> = { it: [], of: [], tenth: [] };
  const rows: number[][] = [];
  const engine = createEngine(config, {
    onRows: ({ count, width, time, values }) => {
      for (let r = 0; r < count; r++) rows.push([time[r], ...values.subarray(r * width, (r + 1) * width)]);
    },
    onBars: ({ clock, data, from, to }) => {
      const { features } = engine.plan.clocks.find(({ name }) => name === clock)!.graph;
      for (let i = from; i < to; i++) {
        const values = features.map(({ column }) => data[column][i]);
        known[clock].push({ at: data[COLUMN.available_at][i], event: data[COLUMN.event][i], values });
      }
    },
  });
  engine.push(blockOf(trades));
  assert.equal(rows.length, known['it'].length);
  let compared = 0;
  known['it'].forEach((driver, r) => {
    for (const { name, suffix, graph } of engine.plan.clocks) {
      const bar = known[name].findLast(({ at, event }) => at <= driver.at && event <= driver.event);
      graph.features.forEach((feature, k) => {
        const found = rows[r][1 + engine.columns.indexOf(feature.name + suffix)];
        const expected = bar?.values[k] ?? NaN;
        assert.ok(sameBits(found, expected), `row ${r}, ${feature.name}${suffix}: ${found} instead of ${expected}`);
        if (!Number.isNaN(found)) compared++;
      });
    }
  });
  return compared;
}

/** The columns that the features are computed by, as text. */
const partsOf = ({ plan }: Engine): string =>
  plan.clocks.map(({ graph }) => graph.columns.map(({ text }) => text).join()).join(';');

for (const op of Object.values(operators) as Operator[]) {
  const sets = parameterSets(op);

  test(`L5 availability: ${op.name}`, () => {
    assert.ok(checkL5(configOf(featureOf(op, sets[0]))) > 0, 'no value was compared');
  });

  test(`L7 identity: ${op.name}`, () => {
    const idOf = (feature: string, own: readonly Operator[] = []): string =>
      createEngine(configOf(feature, own)).schema.id;
    const engines = sets.map((params) => createEngine(configOf(featureOf(op, params))));
    const ids = engines.map(({ schema }) => schema.id);
    // Of a composite, sets that leave the same parts are one feature: an average of a single row is the row, of whatever kind.
    const different = isComposite(op) ? new Set(engines.map(partsOf)).size : sets.length;
    assert.ok(different > 1 || sets.length === 1, 'no two parameter sets differ');
    assert.equal(new Set(ids).size, different, 'two parameter sets have one schema');
    assert.equal(idOf(featureOf(op, sets[0])), ids[0]);
    const own = (version: number): string => {
      const mine: Operator = { ...op, name: 'mine', version };
      return idOf(featureOf(op, sets[0], 'mine'), [mine]);
    };
    assert.equal(own(op.version), own(op.version));
    // A composite is what its parts are, which have versions.
    if (!isComposite(op)) assert.notEqual(own(op.version), own(op.version + 1));
    const [{ schema, plan }] = engines;
    for (const { graph } of plan.clocks)
      for (const node of graph.nodes)
        assert.ok(schema.lines.includes(`operator ${node.op.name} version ${node.op.version}`), node.op.name);
  });
}
