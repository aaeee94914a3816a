/** The command `verify`, whose flags say which of its questions are asked. */
import { Option, type Command } from 'commander';
import { fail } from 'minotaur-core/internal/base/errors';
import { addForeignOptions, isForeign, type ForeignFlags } from './program-foreign.ts';
import type { SelfTestFlags } from './commands/self-test.ts';
import type { ForeignCommandFlags } from './commands/foreign.ts';
import type { ShadowFlags } from './commands/shadow.ts';
import type { VerifyFlags } from './commands/verify.ts';

interface Shared {
  readonly trades: Option;
  readonly accept: Option;
  readonly minUsed: Option;
  readonly bars: Option;
  readonly series: Option;
  readonly config: Option;
  readonly count: (text: string) => number;
  readonly seed: (text: string) => number;
  readonly example: (...texts: readonly string[]) => string;
}

const list = (text: string): string[] => text.split(',').map((part) => part.trim());

const EXAMPLES = [
  "verify --trades 'BTCUSDT-*.csv.gz' --config minotaur.yaml --report verdict.html",
  "verify --trades 'BTCUSDT-*.csv.gz' --config minotaur.yaml --artefact artefact.json --model model.onnx --checks predictions",
  "verify --trades perp='perp/*.csv.gz' spot='spot/*.csv.gz' --series funding=funding.csv --config chain.yaml --checks parity,interleaving",
  'verify --rows out --labels labels.parquet --splits split.parquet --artefact artefact.json --config minotaur.yaml',
  'verify --rows out/BTCUSDT out/ETHUSDT --labels labels --splits split.parquet --artefact artefact.json --config minotaur.yaml',
  'verify --rows out/august --against out/july --report drift.html',
  "verify --journal journal --trades 'BTCUSDT-*.csv.gz'",
  'verify --foreign features.py:make --bars bars.csv --labels target --report foreign.html',
  'verify --self-test',
];

export function addVerifyCommand(
  program: Command,
  { trades, accept, minUsed, bars, series, config, count, seed, example }: Shared,
): void {
  const command = program
    .command('verify')
    .description(
      'check the laws on your data and your features: of files, of --rows, of a --journal, of --foreign code, or with --self-test',
    )
    .addOption(trades)
    .addOption(accept)
    .addOption(minUsed)
    .addOption(bars)
    .addOption(series)
    .addOption(config)
    .option('--checks <names>', 'only these, comma-separated', list)
    .option('--limit <n>', 'only the first so many input rows', count)
    .option('--seed <n>', 'seed of cuts and points', seed, 1)
    .option('--report <file>', 'write a page with the result')
    .option('--repro <dir>', 'write what fails as a few trades, and the command that fails on them')
    .option(
      '--artefact <file>',
      'what fit and train wrote: with --model its predictions, with --labels its isolation, with --against its limits',
    )
    .option('--model <file>', 'the model of the artefact, .onnx: predictions of history and live are compared')
    .option('--rows <dir...>', 'directory that build wrote; with --labels, of several instruments one each')
    .option(
      '--labels <file>',
      'what label wrote, with --rows: does the artefact come from training rows alone; with --foreign: columns that are labels, comma-separated',
    )
    .option('--splits <file>', 'what split wrote, with --labels')
    .addOption(new Option('--fold <n>', 'which fold of the splits').argParser(seed).default(0))
    .option('--predictions <file>', 'what predict wrote, with --labels: is the threshold that of the validation rows')
    .option(
      '--against <dir>',
      'with --rows, the rows of another span: how far have the features drifted from them; no check fails by it',
    )
    .option(
      '--journal <dir>',
      "what a live session recorded, against history; with --trades, against the venue's trades; without --config, by its own",
    )
    .option('--from <day>', 'with --journal: only from this day or time on, UTC')
    .option('--to <day>', 'with --journal: only up to this day, all of it, or up to this time')
    .option('--json', 'print the result as JSON')
    .option('--self-test', 'put the verifier to the test: plant every fault, run sound chains at random')
    .addOption(
      new Option('--size <size>', 'of the self-test: quick, full, or rows a fault has to show itself in').default(
        'quick',
      ),
    )
    .option('--clean <n>', 'of the self-test: sound chains; default 100, full 1000', seed)
    .addHelpText('after', example(...EXAMPLES))
    .action(async (flags: VerifyFlags & SelfTestFlags & Partial<ShadowFlags> & ForeignFlags, own: Command) => {
      const { journal, selfTest, from, to } = flags;
      if (journal === undefined && (from ?? to) !== undefined)
        fail('config', 'verify', '--journal beside --from and --to', 'none');
      if (isForeign(flags)) return (await import('./commands/foreign.ts')).foreignCommand(flags as ForeignCommandFlags);
      if (selfTest) return (await import('./commands/self-test.ts')).selfTestCommand(flags);
      if (journal === undefined) return (await import('./commands/verify.ts')).verifyCommand(flags);
      return (await import('./commands/shadow.ts')).shadowCommand({
        ...flags,
        journal,
        config: own.getOptionValueSource('config') === 'default' ? undefined : flags.config,
      });
    });
  addForeignOptions(command);
}
