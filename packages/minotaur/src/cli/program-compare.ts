/** The command `compare`. */
import { InvalidArgumentError, type Command } from 'commander';
import { listed } from '../runs/comparison/listed.ts';
import type { CompareFlags } from './commands/compare.ts';
import { count, example, seed } from './values.ts';

function tolerance(text: string): number {
  const value = Number(text);
  if (text.trim() === '' || !(value >= 0 && value < 1))
    throw new InvalidArgumentError('expected a number from 0 to below 1.');
  return value;
}

export function addCompareCommand(program: Command): void {
  program
    .command('compare')
    .description('two tables, row by row of the same key: where they part, and why')
    .argument('[a]', 'Parquet, text (.csv, .csv.gz), the directory of a run, or a journal')
    .argument('[b]', 'the same')
    .option('--key <names>', 'what rows are matched by: a time or number, and a symbol; a=b where they differ', listed)
    .option('--map <pairs>', 'columns that are called otherwise in B: a=b, comma-separated', listed)
    .option('--columns <names>', 'only these, by their names in A', listed)
    .option(
      '--tolerance <share>',
      'relative difference up to which values are the same (default 0: to the bit)',
      tolerance,
    )
    .option('--report <file>', 'a page, .html')
    .option('--json', 'print the report as JSON')
    .option('--self-test', 'put it to the test: plant causes into tables, each has to be named')
    .option('--tables <n>', 'of the self-test: how many', count, 500)
    .option('--seed <n>', 'of the self-test', seed, 1)
    .addHelpText(
      'after',
      example(
        'compare features.parquet out/minotaur --report compare.html',
        'compare pandas.csv live.csv --key time,symbol --map ema12=ema_12',
        'compare --self-test --tables 20',
      ),
    )
    .action(async (a: string | undefined, b: string | undefined, flags: CompareFlags) =>
      (await import('./commands/compare.ts')).compareCommand(a, b, flags),
    );
}
