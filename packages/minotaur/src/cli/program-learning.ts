/** The commands that go on from rows: labels, splits, the fitted transform, models, predictions. */
import { Option, type Command } from 'commander';
import type { CalibrateFlags } from './commands/calibrate.ts';
import type { EvaluateFlags } from './commands/evaluate.ts';
import type { ExportFlags } from './commands/export.ts';
import type { FitFlags } from './commands/fit.ts';
import type { ImportanceFlags } from './commands/importance.ts';
import type { LabelFlags } from './commands/label.ts';
import type { PredictFlags } from './commands/predict.ts';
import type { SplitFlags } from './commands/split.ts';
import type { TrainFlags } from './commands/train.ts';
import { count, share } from './values.ts';
import { MODEL_KINDS } from '../runs/learning/kinds.ts';

interface Shared {
  readonly accept: Option;
  readonly minUsed: Option;
  readonly seed: (text: string) => number;
  readonly config: Option;
  readonly bars: Option;
  readonly example: (...texts: readonly string[]) => string;
}

/** What is required of rows that are predicted. */
export const requireOption = (): Option =>
  new Option('--require <what>', 'predict rows that are ready, or ready and complete').choices(['ready', 'complete']);

const WHAT_LABEL_WROTE = 'what label wrote: a file, or of several instruments a directory';
const rowsDirectories = (): Option =>
  new Option('--rows <dir...>', 'directory that build wrote; of several instruments one each').makeOptionMandatory();
const fold = (parse: (text: string) => number): Option =>
  new Option('--fold <n>', 'which fold of the splits').argParser(parse).default(0);

export function addLearningCommands(program: Command, shared: Shared): void {
  addRowCommands(program, shared);
  addTrainCommand(program, shared);
  addModelCommands(program, shared);
  addResultCommands(program, shared);
  addImportance(program, shared);
}

/** Commands that make of rows what a model learns from. */
function addRowCommands(program: Command, { accept, minUsed, config, bars, seed, example }: Shared): void {
  program
    .command('label')
    .description('label rows by what the trades after them did')
    .addOption(rowsDirectories())
    .option(
      '--trades <glob...>',
      'files of trades: those of the build, and later ones to resolve its last rows; SYMBOL=GLOB where there are several',
    )
    .addOption(accept)
    .addOption(minUsed)
    .addOption(bars)
    .addOption(config)
    .requiredOption('--out <path>', 'labels, .parquet; of several instruments a directory')
    .option('--json', 'print the figures as JSON')
    .addHelpText(
      'after',
      example(
        "label --rows out --trades 'BTCUSDT-*.csv.gz' --config minotaur.yaml --out labels.parquet",
        "label --rows out/BTCUSDT out/ETHUSDT --trades BTCUSDT='btc/*.csv.gz' ETHUSDT='eth/*.csv.gz' --config minotaur.yaml --out labels",
      ),
    )
    .action(async (flags: LabelFlags) => (await import('./commands/label.ts')).labelCommand(flags));

  program
    .command('split')
    .description('divide labelled rows for training and for judging, purged at every boundary')
    .addOption(rowsDirectories())
    .requiredOption('--labels <path>', WHAT_LABEL_WROTE)
    .addOption(config)
    .requiredOption('--out <file>', 'a split and fold for each row, .parquet')
    .option('--json', 'print the figures as JSON')
    .addHelpText(
      'after',
      example(
        'split --rows out --labels labels.parquet --config minotaur.yaml --out split.parquet',
        'split --rows out/BTCUSDT out/ETHUSDT --labels labels --config minotaur.yaml --out split.parquet',
      ),
    )
    .action(async (flags: SplitFlags) => (await import('./commands/split.ts')).splitCommand(flags));

  program
    .command('fit')
    .description('learn the transform of every column on the training rows, and which columns a model gets')
    .addOption(rowsDirectories())
    .option('--splits <file>', 'what split wrote; without it, the first rows in order of time are for training')
    .addOption(fold(seed))
    .addOption(config)
    .addOption(
      new Option('--instruments <which>', 'what the artefact is for: the instruments of the rows, or any')
        .choices(['listed', 'any'])
        .default('listed'),
    )
    .requiredOption('--out <file>', 'the artefact, .json')
    .option('--json', 'print the figures as JSON')
    .addHelpText(
      'after',
      example(
        'fit --rows out --splits split.parquet --config minotaur.yaml --out artefact.json',
        'fit --rows out/BTCUSDT out/ETHUSDT --splits split.parquet --instruments any --config minotaur.yaml --out artefact.json',
      ),
    )
    .action(async (flags: FitFlags) => (await import('./commands/fit.ts')).fitCommand(flags));
}

function addTrainCommand(program: Command, { config, seed, example }: Shared): void {
  program
    .command('train')
    .description('train logistic regression, boosted trees or a network; learn calibration and threshold on validation')
    .addOption(rowsDirectories())
    .requiredOption('--labels <path>', WHAT_LABEL_WROTE)
    .requiredOption('--splits <file>', 'what split wrote')
    .addOption(fold(seed))
    .requiredOption('--artefact <file>', 'what fit wrote; gets the calibration and the threshold')
    .addOption(config)
    .addOption(new Option('--model <kind>', "in place of the configuration's").choices(MODEL_KINDS))
    .option('--seed <n>', "in place of the configuration's", seed)
    .option('--threads <n>', 'of a step of a network (default: those of the machine); no bit depends on them', count)
    .addOption(new Option('--device <name>', 'where steps are done (default cpu)').choices(['cpu', 'cuda']))
    .option('--checkpoint <steps>', 'steps from one checkpoint to the next (default 500)', count)
    .option('--resume', 'go on from the checkpoint that an interrupted training left beside the model')
    .requiredOption('--out <file>', 'the model, .onnx')
    .option('--json', 'print the figures as JSON')
    .addHelpText(
      'after',
      example(
        'train --rows out --labels labels.parquet --splits split.parquet --artefact artefact.json --config minotaur.yaml --out model.onnx',
        'train --model cnn-transformer --rows out/BTCUSDT out/ETHUSDT --labels labels --splits split.parquet --artefact artefact.json --config minotaur.yaml --out model.onnx',
      ),
    )
    .action(async (flags: TrainFlags) => (await import('./commands/train.ts')).trainCommand(flags));
}

/** Commands that make predictions of a model. */
function addModelCommands(program: Command, { config, seed, example }: Shared): void {
  program
    .command('predict')
    .description('predictions over a built data set, with the bits that a live session gives')
    .addOption(rowsDirectories())
    .requiredOption('--artefact <file>', 'what fit and train wrote')
    .requiredOption('--model <file>', 'the model, .onnx')
    .addOption(requireOption())
    .requiredOption('--out <path>', 'predictions, .parquet; of several instruments a directory')
    .option('--json', 'print the figures as JSON')
    .addHelpText(
      'after',
      example(
        'predict --rows out --artefact artefact.json --model model.onnx --out predictions.parquet',
        'predict --rows out/BTCUSDT out/ETHUSDT --artefact artefact.json --model model.onnx --out predictions',
      ),
    )
    .action(async (flags: PredictFlags) => (await import('./commands/predict.ts')).predictCommand(flags));

  program
    .command('calibrate')
    .description('calibration and threshold of a model from elsewhere, learned on validation from its predictions')
    .requiredOption(
      '--predictions <path>',
      'what predict wrote with that model: a file, or of several instruments a directory',
    )
    .requiredOption('--labels <path>', WHAT_LABEL_WROTE)
    .requiredOption('--splits <file>', 'what split wrote')
    .addOption(fold(seed))
    .requiredOption('--artefact <file>', 'what fit wrote')
    .addOption(config)
    .requiredOption('--out <file>', 'the artefact with both, .json; --artefact stays as it is')
    .option('--json', 'print the figures as JSON')
    .addHelpText(
      'after',
      example(
        'calibrate --predictions predictions.parquet --labels labels.parquet --splits split.parquet --artefact artefact.json --config minotaur.yaml --out calibrated.json',
        'calibrate --predictions predictions --labels labels --splits split.parquet --artefact artefact.json --config minotaur.yaml --out calibrated.json',
      ),
    )
    .action(async (flags: CalibrateFlags) => (await import('./commands/calibrate.ts')).calibrateCommand(flags));
}

/** Commands that look at what came of it. */
function addResultCommands(program: Command, { config, seed, example }: Shared): void {
  program
    .command('evaluate')
    .description('how good predictions are, split by split, how much that is worth, and what trades would have gained')
    .requiredOption('--predictions <path>', 'what predict wrote: a file, or of several instruments a directory')
    .requiredOption('--labels <path>', WHAT_LABEL_WROTE)
    .requiredOption('--splits <file>', 'what split wrote')
    .addOption(fold(seed))
    .requiredOption('--artefact <file>', 'what fit and train wrote')
    .addOption(
      new Option('--costs <fraction>', 'of a round trip, entry and exit, as a fraction of the price: 0.0008')
        .argParser(share)
        .default(0),
    )
    .option('--report <file>', 'write a page with curves')
    .option('--model <file>', 'the model: the page shows how it was trained, where train left its curve')
    .option('--trials <file>', 'trials that the model was chosen from, .json, for the page')
    .option('--importance <file>', 'what importance --out wrote, for the page')
    .option('--json', 'print the figures as JSON')
    .addHelpText(
      'after',
      example(
        'evaluate --predictions predictions.parquet --labels labels.parquet --splits split.parquet --artefact artefact.json --costs 0.0008 --report model.html',
        'evaluate --predictions predictions.parquet --labels labels.parquet --splits split.parquet --artefact artefact.json --report model.html --model model.onnx --importance importance.json',
        'evaluate --predictions predictions --labels labels --splits split.parquet --artefact artefact.json',
      ),
    )
    .action(async (flags: EvaluateFlags) => (await import('./commands/evaluate.ts')).evaluateCommand(flags));

  program
    .command('export')
    .description('rows, labels and a split for other tools: Parquet and NumPy arrays')
    .addOption(rowsDirectories())
    .requiredOption('--labels <path>', WHAT_LABEL_WROTE)
    .requiredOption('--splits <file>', 'what split wrote')
    .addOption(config)
    .addOption(fold(seed))
    .requiredOption('--out <dir>', 'output directory')
    .option('--artefact <file>', 'what fit wrote: values go through its transform')
    .option('--json', 'print the manifest')
    .addHelpText(
      'after',
      example(
        'export --rows out --labels labels.parquet --splits split.parquet --config minotaur.yaml --out dataset',
        'export --rows out/BTCUSDT out/ETHUSDT --labels labels --splits split.parquet --config minotaur.yaml --out dataset',
      ),
    )
    .action(async (flags: ExportFlags) => (await import('./commands/export.ts')).exportCommand(flags));
}

function addImportance(program: Command, { config, seed, example }: Shared): void {
  program
    .command('importance')
    .description('what a model leans on: what it loses where features change places between rows, and trained without')
    .addOption(rowsDirectories())
    .requiredOption('--labels <path>', WHAT_LABEL_WROTE)
    .requiredOption('--splits <file>', 'what split wrote')
    .addOption(fold(seed))
    .requiredOption('--artefact <file>', 'what fit and train wrote')
    .requiredOption('--model <file>', 'the model, .onnx')
    .addOption(config)
    .addOption(
      new Option('--on <split>', 'whose rows: who chooses features by test rows has no test any more')
        .choices(['validation', 'test'])
        .default('validation'),
    )
    .addOption(
      new Option('--by <what>', 'families of features only, or every feature too')
        .choices(['families', 'features'])
        .default('features'),
    )
    .addOption(new Option('--most <n>', 'rows at most, evenly spaced').argParser(seed).default(2000))
    .addOption(new Option('--repeats <n>', 'how often each feature changes places').argParser(seed).default(5))
    .addOption(new Option('--seed <n>', 'of the places').argParser(seed).default(1))
    .option('--ablate', 'fit and train anew without each family: a training for each')
    .option('--out <file>', 'the figures as JSON, which evaluate --report shows')
    .option('--json', 'print the figures as JSON')
    .addHelpText(
      'after',
      example(
        'importance --rows out --labels labels.parquet --splits split.parquet --artefact artefact.json --model model.onnx --config minotaur.yaml --out importance.json',
        'importance --rows out/BTCUSDT out/ETHUSDT --labels labels --splits split.parquet --artefact artefact.json --model model.onnx --config minotaur.yaml --by families --ablate',
      ),
    )
    .action(async (flags: ImportanceFlags) => (await import('./commands/importance.ts')).importanceCommand(flags));
}
