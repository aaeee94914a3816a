/** `tune`, which goes on from rows, labels and splits. */
import { Option, type Command } from 'commander';
import type { TuneFlags } from './commands/tune.ts';
import { share } from './values.ts';

interface Shared {
  readonly count: (text: string) => number;
  readonly seed: (text: string) => number;
  readonly config: Option;
  readonly example: (...texts: readonly string[]) => string;
}

export function addTuneCommand(program: Command, { count, seed, config, example }: Shared): void {
  program
    .command('tune')
    .description('try parameters of a model over walk-forward folds, all of it on record, and score the best one once')
    .requiredOption('--model <kind>', 'kind of model: trees, logistic, ... (as the section `model` has them)')
    .requiredOption('--trials <n>', 'trials of the study in all', count)
    .requiredOption('--storage <file>', 'database of studies, as Optuna has it: optuna-dashboard shows it')
    .option('--study <name>', 'name of the study there', 'tune')
    .requiredOption('--rows <dir...>', 'directory that build wrote; of several instruments one each')
    .requiredOption('--labels <path>', 'what label wrote: a file, or of several instruments a directory')
    .requiredOption('--splits <file>', 'what split wrote; no trial sees its test rows')
    .addOption(config)
    .option('--folds <n>', 'stretches that a trial is scored by', count, 5)
    .option('--seeds <n>', 'models of each fold, which differ by their seed', count, 1)
    .addOption(
      new Option('--sampler <name>', 'how parameters are chosen')
        .choices(['tpe', 'tpe-univariate', 'random'])
        .default('tpe'),
    )
    .addOption(
      new Option('--pruner <name>', 'when a trial is given up').choices(['median', 'asha', 'none']).default('median'),
    )
    .option('--seed <n>', 'of what is chosen at random', seed, 1)
    .addOption(
      new Option('--costs <fraction>', 'of a round trip, entry and exit, as a fraction of the price: 0.0008')
        .argParser(share)
        .default(0),
    )
    .option('--resume', 'go on with a study that is there; what was interrupted is tried again')
    .requiredOption('--out <dir>', 'directory for the trials, the artefact and the model')
    .option('--json', 'print the report as JSON')
    .addHelpText(
      'after',
      example(
        'tune --model logistic --trials 12 --folds 3 --storage study.db --rows out --labels labels.parquet --splits split.parquet --config minotaur.yaml --out tuned',
        'tune --model logistic --trials 12 --folds 3 --storage study.db --rows out/BTCUSDT out/ETHUSDT --labels labels --splits split.parquet --config minotaur.yaml --out tuned',
      ),
    )
    .action(async (flags: TuneFlags) => (await import('./commands/tune.ts')).tuneCommand(flags));
}
