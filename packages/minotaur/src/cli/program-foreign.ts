/** Flags of `verify` for code that is not Minotaur's. */
import { Option, type Command } from 'commander';
import { count } from './values.ts';

/** What `verify` takes beside its own, where it is asked about foreign code. */
export interface ForeignFlags {
  readonly foreign?: string;
  readonly cmd?: string;
  readonly freqtrade?: string;
  readonly live?: string;
  readonly python?: string;
  readonly frame?: 'pandas' | 'polars' | 'numpy' | 'lists' | 'rows';
  readonly timeColumn?: string;
  readonly times?: 's' | 'ms' | 'us' | 'ns' | 'utc' | 'naive';
  readonly index?: boolean;
  readonly trained?: string;
  readonly window?: number;
  readonly cuts?: number;
  readonly runs?: number;
  readonly seconds?: number;
  readonly timeout?: number;
  readonly fresh?: boolean;
}

/** Whether a command is about foreign code. */
export const isForeign = ({ foreign, cmd, freqtrade, live }: ForeignFlags): boolean =>
  [foreign, cmd, freqtrade, live].some((one) => one !== undefined);

/** Adds them. */
export function addForeignOptions(command: Command): void {
  command
    .option(
      '--foreign <file:function>',
      'your own features, unchanged: a Python function of the table in --bars or --trades',
    )
    .option('--cmd <command>', 'the same of any program: it reads the CSV file {in} and writes {out}')
    .option('--freqtrade <file>', 'the same of the indicators of a strategy')
    .option(
      '--live <command>',
      'a program that answers each line with one, against --foreign or --cmd, or against itself',
    )
    .option('--python <program>', 'with --foreign: your interpreter (default: python3)')
    .addOption(
      new Option(
        '--frame <kind>',
        'with --foreign: what the function is given (default: what its module has loaded)',
      ).choices(['pandas', 'polars', 'numpy', 'lists', 'rows']),
    )
    .option('--time-column <name>', 'with --foreign: the column with the times')
    .addOption(
      new Option(
        '--times <form>',
        'with --foreign: how the function sees times (default: as the file has them)',
      ).choices(['s', 'ms', 'us', 'ns', 'utc', 'naive']),
    )
    .option('--index', 'with --foreign: times are the index of the data frame')
    .option('--trained <end>', 'with --foreign: rows, or a time, that scalers are fitted on; nothing is changed before')
    .option('--window <n>', 'with --foreign: bars that a live system hands the code', count)
    .option('--cuts <n>', 'with --foreign: random cuts (default 8)', count)
    .option('--runs <n>', 'with --foreign: runs of the code at most (default 400)', count)
    .option('--seconds <n>', 'with --foreign: no run is begun after so many (default 600)', count)
    .option('--timeout <n>', 'with --foreign: seconds that one run may take (default 120)', count)
    .option('--fresh', 'with --foreign: a new interpreter for every run');
}
