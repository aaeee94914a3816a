import { isComposite, type Operator } from 'minotaur-core/internal/features/contract/operator';
import { atTolerance, Drive, type Subject } from '../drive.ts';
import { TOLERANCES, wrong, type Wrong } from '../law.ts';
import type { OperatorLaw } from './difference.ts';

const NAME = /^[a-z][a-z0-9_]*$/;

export const declaration: OperatorLaw = {
  name: 'declaration',
  says: 'what is declared is complete, and what a composite declares is what its parts add up to',
  // Nothing is generated for it but the parameters.
  samples: (asked) => Math.ceil(asked / 5),
  check: (subject) =>
    described(subject.op) ??
    remembered(subject) ??
    counted(subject) ??
    firstOf(TOLERANCES, (tolerance) => addedUp(subject, tolerance)),
};

/** Names, texts and ranges. */
function described(op: Operator): Wrong | undefined {
  const say = (what: string, expected: string, found: unknown): Wrong => wrong(what, expected, JSON.stringify(found));
  const names = [op.name, ...op.inputs, ...op.outputs, ...op.params.map(({ name }) => name)];
  const odd = names.find((name) => !NAME.test(name));
  if (odd !== undefined) return say('names', 'lower case, digits and _', odd);
  for (const fact of ['family', 'summary', 'formula', 'source'] as const) {
    if (op[fact].trim() === '') return say(fact, 'a text', op[fact]);
  }
  if (!Number.isInteger(op.version) || op.version < 1) return say('version', 'a whole number from 1 on', op.version);
  if (op.outputs.length === 0) return say('outputs', 'at least one', op.outputs);
  if (op.outputs.length === 1 && op.outputs[0] !== 'value') return say('the only output', "'value'", op.outputs[0]);
  for (const list of [op.inputs, op.outputs])
    if (new Set(list).size < list.length) return say('names', 'each once', list);
  for (const { name, meaning, min, max, default: usual = min } of op.params) {
    if (meaning.trim() === '') return say(`the meaning of ${name}`, 'a text', meaning);
    if (!(min <= usual && usual <= max)) return say(name, 'min <= default <= max', [min, usual, max]);
  }
  return undefined;
}

/** The first thing that is wrong at a tolerance. */
function firstOf(tolerances: readonly number[], wrongAt: (tolerance: number) => Wrong | undefined): Wrong | undefined {
  for (const tolerance of tolerances) {
    const found = wrongAt(tolerance);
    if (found !== undefined) return found;
  }
  return undefined;
}

/** What fades fades sooner to a coarser tolerance, and nothing else hangs on it. */
function remembered({ op, params }: Subject): Wrong | undefined {
  let finest = op.memory(params, TOLERANCES[0]);
  return firstOf(TOLERANCES, (tolerance) => {
    const memory = op.memory(params, tolerance);
    const when = `the memory at a tolerance of ${tolerance}`;
    if (memory.class !== finest.class) return wrong(when, `the class to be ${finest.class} at any`, memory.class);
    if (memory.class === 'unbounded') return undefined;
    const { rows } = memory;
    if (!Number.isInteger(rows) || rows < 1) return wrong(`${when}, rows`, 'a whole number from 1 on', String(rows));
    const most = finest.class === 'unbounded' ? Infinity : finest.rows;
    if (memory.class === 'finite' && rows !== most) return wrong(`${when}, rows`, `${most}, as at any`, String(rows));
    if (rows > most) return wrong(`${when}, rows`, `at most ${most}, as at a finer one`, String(rows));
    finest = memory;
    if (memory.class === 'finite' || (memory.tolerance > 0 && memory.tolerance < 1)) return undefined;
    return wrong(`${when}, its tolerance`, 'a number between 0 and 1', String(memory.tolerance));
  });
}

/** Counts of rows and slots are counts. */
function counted({ op, params }: Subject): Wrong | undefined {
  const counts: [string, number, number][] = [['lookback', op.lookback(params), 0]];
  if (!isComposite(op)) {
    counts.push(['history', op.history(params), 0], ['slots', op.slots(params), 0]);
    counts.push(['outputHistory', op.outputHistory?.(params) ?? 0, 0]);
    const read = op.rowsRead?.(params);
    const sources = op.inputs.length + (op.shared?.length ?? 0);
    if (read !== undefined && read.length !== sources) return wrong('rowsRead', `${sources} counts`, `${read.length}`);
  }
  const [what, found, least] = counts.find(([, count, from]) => !Number.isInteger(count) || count < from) ?? [];
  return what === undefined ? undefined : wrong(what, `a whole number from ${least} on`, String(found));
}

/** Of one that is made of others, lookback and memory follow from theirs. */
function addedUp(subject: Subject, tolerance: number): Wrong | undefined {
  const { op, params } = subject;
  if (!isComposite(op) && op.shared === undefined) return undefined;
  if (isComposite(op)) {
    const parts = typeof op.expand === 'function' ? op.expand(params) : op.expand;
    if (parts.length !== op.outputs.length)
      return wrong('expand', `${op.outputs.length} expressions`, `${parts.length}`);
  }
  for (const [k, { lookback, memory }] of new Drive(atTolerance(subject, tolerance)).columns().entries()) {
    const output = op.outputs[k];
    const declared = op.lookback(params);
    if (declared !== lookback) return wrong('lookback', `${lookback}, as its parts have`, `${declared}`, { output });
    const [theirs, own] = [memory, op.memory(params, tolerance)].map((one) => JSON.stringify(one));
    if (theirs !== own) return wrong(`memory at ${tolerance}`, `${theirs}, as its parts have`, own, { output });
  }
  return undefined;
}
