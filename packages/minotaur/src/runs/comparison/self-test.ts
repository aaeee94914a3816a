/** `compare --self-test`: causes planted into tables, each of which has to be named. */
import { amount, optionsOf, requireKind, whole } from 'minotaur-core/internal/base/options';
import { KINDS, plantedTables, type PlantedTable } from '../../compare/planted/self-test.ts';
import { beginRun, createCourse, secondsSince, type RunOptions, RUN } from '../course/options.ts';

/** What `compareSelfTest` takes. */
export interface CompareSelfTestOptions extends RunOptions {
  /** To be planted; 500 where absent. */
  readonly tables?: number | undefined;
  /** Of what is planted. */
  readonly seed?: number | undefined;
}

const SELF_TEST = optionsOf<CompareSelfTestOptions>({}, { ...RUN, tables: amount, seed: whole });

/** How well causes are named. */
export interface CompareSelfTestReport {
  /** Kinds of cause that are planted. */
  readonly kinds: number;
  /** Tables with one cause, and those of them whose cause was named. */
  readonly single: { readonly planted: number; readonly named: number };
  /** Tables with two causes in one column, and those of them of which both were named. */
  readonly pairs: { readonly planted: number; readonly named: number };
  /** Columns that nothing was planted in, and those of them that were said to differ. */
  readonly clean: { readonly columns: number; readonly alarms: number };
  /** Tables of which not every cause was named. */
  readonly missed: readonly PlantedTable[];
  /** That it took. */
  readonly seconds: number;
}

/** Plants causes into tables, alone and in pairs, and counts what `compare` names. */
export async function compareSelfTest(options: CompareSelfTestOptions = {}): Promise<CompareSelfTestReport> {
  requireKind('compareSelfTest', SELF_TEST, options);
  const started = beginRun(options);
  const { tables = 500, seed = 1 } = options;
  const course = createCourse(options, { step: 'compare', unit: 'tables', total: tables });
  const all: PlantedTable[] = [];
  for await (const table of plantedTables(tables, seed)) {
    all.push(table);
    await course.add(1);
  }
  const counts = (of: readonly PlantedTable[]): CompareSelfTestReport['single'] => {
    return { planted: of.length, named: of.filter(({ named }) => named).length };
  };
  return {
    kinds: KINDS,
    single: counts(all.filter(({ planted }) => planted.length === 1)),
    pairs: counts(all.filter(({ planted }) => planted.length === 2)),
    clean: {
      columns: all.reduce((sum, { clean }) => sum + clean, 0),
      alarms: all.reduce((sum, { falseColumns }) => sum + falseColumns.length, 0),
    },
    missed: all.filter(({ named }) => !named),
    seconds: secondsSince(started),
  };
}
