/** The command line: `minotaur <command>`. Exit codes: 0 done and holds, 1 a check failed, 2 the question could not be answered. */
// A command's code is loaded when it runs: --help and a wrong flag answer at once.
import { Command, Option } from 'commander';
import { ENGINE_VERSION } from 'minotaur-core/internal/base/version';
import type { BuildFlags } from './commands/build.ts';
import type { CheckFlags } from './commands/check.ts';
import type { DemoFlags } from './commands/demo.ts';
import type { FeaturesFlags } from './commands/features.ts';
import type { FetchFlags } from './commands/fetch.ts';
import type { RunFlags } from './commands/run.ts';
import type { SimulateFlags } from './commands/simulate.ts';
import { addCompareCommand } from './program-compare.ts';
import { addBusCommands } from './program-bus.ts';
import { addInspectCommands } from './program-inspect.ts';
import type { OutputFlags } from './output.ts';
import type { ViewFlags } from './commands/view.ts';
import { addLearningCommands, requireOption } from './program-learning.ts';
import { addClusterCommands, jobOptions } from './program-cluster.ts';
import { addTuneCommand } from './program-tune.ts';
import { addVerifyCommand } from './program-verify.ts';
import { addServiceCommands } from './program-service.ts';
import { addSinkCommands } from './program-sink.ts';
import { count, describeOption, example, port, seed, share } from './values.ts';
import { begunBefore } from '../runs/chain/beforehand.ts';

/** Every command. It throws where it would exit, and prints what it has to say. */
export function createProgram(): Command {
  const program = new Command('minotaur')
    .description('Trades to trading-model features, historical and live, with the same bits.')
    .version(ENGINE_VERSION)
    .showHelpAfterError('(--help shows how)')
    .exitOverride()
    .configureHelp({ optionDescription: describeOption });
  const shared = sharedOptions();
  const { trades, accept, minUsed, bars, barsOnly, series, config, force } = shared;
  addFirstCommands(program);
  addInspectCommands(program, { accept, example });
  addChainCommands(program, shared);
  addClusterCommands(program, { accept, minUsed, config });
  addWholeRun(program, { trades, bars, series, accept, minUsed, force });
  addViewCommand(program);
  addCheckCommand(program);
  addCompareCommand(program);
  addVerifyCommand(program, { trades, accept, minUsed, bars, series, config, count, seed, example });
  addLearningCommands(program, { accept, minUsed, config, bars: barsOnly, seed, example });
  addTuneCommand(program, { count, seed, config, example });
  addServiceCommands(program);
  addSinkCommands(program);
  addBusCommands(program, config);
  addCatalogueCommands(program, config);
  for (const command of program.commands) command.exitOverride();
  return program;
}

/** Options of more than one command. */
type Shared = ReturnType<typeof sharedOptions>;

function sharedOptions() {
  const trades = new Option(
    '--trades <glob...>',
    'files of trades, required where neither --bars nor `data` of the configuration names files; NAME=GLOB says what they are of: the instruments of one chain, or symbols that have a chain each',
  );
  const accept = new Option('--accept', 'take files in spite of evidence that they are of another instrument');
  const minUsed = new Option('--min-used <share>', 'the least share of the trades to be used (default 0.99)').argParser(
    share,
  );
  const bars = new Option(
    '--bars <file...>',
    'files of bars, for a clock with `bars: given`; NAME=GLOB says for which of several',
  );
  const barsOnly = new Option('--bars <file...>', 'files of bars, for a clock with `bars: given`').conflicts('trades');
  const series = new Option('--series <file...>', 'files of series; NAME=GLOB says of which');
  const force = new Option('--force', 'replace what another configuration has left there');
  const config = new Option(
    '--config <file>',
    'a preset (starter, spot-perpetual, minotaur), or a .yaml, .json, .ts or .js file',
  ).default('minotaur');
  return { trades, accept, minUsed, bars, barsOnly, series, config, force };
}

/** Commands that need no files. */
function addFirstCommands(program: Command): void {
  program
    .command('demo')
    .description('simulate a market, build, replay live, verify, write a report page')
    .option('--trades <n>', 'trades to simulate', count, 2_000_000)
    .option('--seed <n>', 'seed of the simulation', seed, 7)
    .option('--out <dir>', 'where everything goes', 'out/demo')
    .option('--json', 'print the figures as JSON')
    .addHelpText('after', example('demo'))
    .action(async (flags: DemoFlags) => (await import('./commands/demo.ts')).demoCommand(flags));

  program
    .command('simulate')
    .description('write realistic trades, the same for the same seed')
    .requiredOption('--trades <n>', 'how many', count)
    .option('--seed <n>', 'seed', seed, 1)
    .addOption(
      new Option(
        '--signal <ic>',
        'plant one: correlation of the flow of trades with the return of the next ten seconds, 0 to 0.5',
      )
        .argParser(Number)
        .default(0),
    )
    .requiredOption('--out <file>', '.parquet or .csv.gz')
    .option('--json', 'print the figures as JSON')
    .addHelpText(
      'after',
      example(
        'simulate --trades 200000 --seed 1 --out trades.parquet',
        'simulate --trades 200000 --seed 1 --signal 0.3 --out trades.parquet',
      ),
    )
    .action(async (flags: SimulateFlags) => (await import('./commands/simulate.ts')).simulateCommand(flags));
}

const chainExamples = (name: 'build' | 'replay', out: string): string => {
  const one = `${name} --trades 'BTCUSDT-*.csv.gz' --config minotaur.yaml --out ${out}`;
  const symbols = `build --trades BTCUSDT='btc/*.csv.gz' ETHUSDT='eth/*.csv.gz' --config minotaur.yaml --out ${out}`;
  return example(one, name === 'build' ? symbols : `${one} --journal journal`);
};

/** `build` and `replay`, which take the same. */
function addChainCommands(program: Command, { trades, bars, series, config, accept, minUsed, force }: Shared): void {
  const runs = [
    ['build', 'historical build: rows, bars, state and manifest', 'out'],
    ['replay', 'the same through the live engine, one event at a time', 'out-live'],
  ] as const;
  for (const [name, description, out] of runs) {
    const command = program
      .command(name)
      .description(description)
      .addOption(trades)
      .addOption(bars)
      .addOption(series)
      .addOption(config)
      .requiredOption('--out <dir>', 'output directory')
      .addOption(force)
      .addOption(accept)
      .addOption(minUsed)
      .option('--from <state>', 'go on from the state.bin of an earlier run')
      .option('--limit <n>', 'stop after so many input rows, leaving the state to go on from', count)
      .option('--artefact <file>', 'predict too: what fit and train wrote')
      .option('--model <file>', 'the model to predict with, .onnx')
      .addOption(requireOption())
      .option('--json', 'print the manifest')
      .addHelpText('after', chainExamples(name, out))
      .action((flags: BuildFlags) =>
        begunBefore(flags.trades ?? [], async () => (await import('./commands/build.ts'))[`${name}Command`](flags)),
      );
    if (name === 'build') jobOptions(command);
    if (name === 'replay') command.option('--journal <dir>', 'record the run as a live session is recorded');
  }
}

function addWholeRun(
  program: Command,
  {
    trades,
    bars,
    series,
    accept,
    minUsed,
    force,
  }: Pick<Shared, 'trades' | 'bars' | 'series' | 'accept' | 'minUsed' | 'force'>,
): void {
  program
    .command('run')
    .description('the whole way: build, replay, verify, label, split, fit, train, predict, evaluate, and the same live')
    .argument('<config>', 'a configuration; its section `data` names the files')
    .option('--out <dir>', 'directory for everything (default: out/, with the name of the configuration)')
    .addOption(force)
    .option('--until <step>', 'the last step to take')
    .option('--dry-run', 'say what it will take and give, from the first trades; nothing is left')
    .option('--verified <n>', 'trades that verify goes through at most', count, 2_000_000)
    .option('--costs <share>', 'of a round trip, as a share of the price: 0.0008 or 0.08%', share)
    .addOption(trades)
    .addOption(bars)
    .addOption(series)
    .addOption(accept)
    .addOption(minUsed)
    .option('--json', 'print the report as JSON')
    .addHelpText('after', example('run minotaur.yaml', 'run minotaur.yaml --until replay'))
    .action(async (path: string, flags: RunFlags) => (await import('./commands/run.ts')).runCommand(path, flags));
}

function addViewCommand(program: Command): void {
  program
    .command('view')
    .description('bars, features, labels and predictions of a run, as a page')
    .argument('<dir>', 'what run left, or build')
    .option('--port <n>', 'port of the page; 0: any that is free', port, 0)
    .option('--host <name>', 'address that it listens on', '127.0.0.1')
    .option('--clock <name>', 'the clock that is shown first, and the one that is in a file')
    .option('--out <file>', 'write one .html file instead, with the newest bars in it')
    .addHelpText('after', example('view out/minotaur', 'view out/minotaur --out view.html'))
    .action(async (directory: string, flags: ViewFlags) =>
      (await import('./commands/view.ts')).viewCommand(directory, flags),
    );
}

function addCheckCommand(program: Command): void {
  program
    .command('check')
    .description('the laws, on the operators that a configuration brings along')
    .argument('<config>', 'a .ts or .js file with operators of its own')
    .option('--samples <n>', 'samples per law', count)
    .option('--seed <n>', 'seed of what is generated', seed)
    .option('--json', 'print the result as JSON')
    .addHelpText('after', example('check minotaur.config.ts'))
    .action(async (path: string, flags: CheckFlags) => (await import('./commands/check.ts')).checkCommand(path, flags));
}

function addCatalogueCommands(program: Command, config: Option): void {
  program
    .command('features')
    .description('the catalogue of operators, or one entry')
    .argument('[name]', 'an operator')
    .addOption(config)
    .option('--memory', 'measure how long each remembers where it was started, and check what it declares')
    .option('--json', 'print as JSON')
    .addHelpText('after', example('features rsi', 'features --memory rsi'))
    .action(async (name: string | undefined, flags: FeaturesFlags) =>
      (await import('./commands/features.ts')).featuresCommand({ ...flags, name }),
    );

  program
    .command('venues')
    .description('what is known of each venue: ids, holes, repair, dumps; and what of it is a guess')
    .option('--json', 'print as JSON')
    .addHelpText('after', example('venues'))
    .action(async (flags: OutputFlags) => (await import('./commands/venues.ts')).venuesCommand(flags));

  program
    .command('fetch')
    .description(
      "download a venue's own files of whole days, verified; what is there is left, what was cut off goes on",
    )
    .requiredOption('--venue <name>', 'a market with files of days, as `venues` lists them')
    .requiredOption('--symbol <name>', 'as the venue writes it')
    .requiredOption('--from <day>', 'the first day, as 2024-08-08')
    .requiredOption('--to <day>', 'the last day')
    .requiredOption('--out <dir>', 'directory of the files')
    .option('--base-url <url>', "in place of the venue's own host: a mirror with the same paths")
    .option('--json', 'print the report as JSON')
    .addHelpText(
      'after',
      example('fetch --venue binance-spot --symbol BTCUSDT --from 2024-08-08 --to 2024-08-09 --out trades'),
    )
    .action(async (flags: FetchFlags) => (await import('./commands/fetch.ts')).fetchCommand(flags));
}
