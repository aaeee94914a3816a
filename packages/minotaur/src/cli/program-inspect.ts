/** The commands that come first: what files are, and a configuration for them. */
import { Option, type Command } from 'commander';
import type { InitFlags } from './commands/init.ts';
import type { InspectFlags } from './commands/inspect.ts';

interface Shared {
  readonly accept: Option;
  readonly example: (...texts: readonly string[]) => string;
}

const WHAT_IS_NOT_TOLD =
  'a .yaml, .json, .ts or .js file that says what the files do not: its sections instruments, input and trades are read';

export function addInspectCommands(program: Command, { accept, example }: Shared): void {
  program
    .command('inspect')
    .description('what files are: layout, instrument, span, ids, order, sides, holes, jumps, sessions, warm-up')
    .argument('<files...>', 'files of trades, bars or series, and globs')
    .option('--config <file>', WHAT_IS_NOT_TOLD)
    .addOption(accept)
    .option('--report <file>', 'a page, .html')
    .option('--json', 'print the report as JSON')
    .addHelpText('after', example("inspect 'BTCUSDT-*.csv.gz' --report inspect.html"))
    .action(async (files: string[], flags: InspectFlags) =>
      (await import('./commands/inspect.ts')).inspectCommand(files, flags),
    );
  program
    .command('init')
    .description('write a configuration that runs on these files, after trying it on them')
    .argument('[files...]', 'files of trades, or of bars, and globs')
    .option('--from <table>', 'instead of files: a table of features, whose columns the configuration is to give')
    .option('--bars <glob...>', 'with --from: the bars that its features are of (default: those in the table)')
    .option('--trades <glob...>', 'with --from: trades that the bars are made of')
    .option('--out <file>', 'where it goes', 'minotaur.yaml')
    .option('--force', 'replace a file that is there')
    .option('--config <file>', WHAT_IS_NOT_TOLD)
    .addOption(accept)
    .option('--json', 'print the figures as JSON')
    .addHelpText(
      'after',
      example(
        "init 'BTCUSDT-*.csv.gz' --out minotaur.yaml",
        "init 'BTCUSDT-1m-*.zip' --out bars.yaml",
        'init --from indicators.csv --bars bars.csv --out indicators.yaml',
      ),
    )
    .action(async (files: string[], flags: InitFlags) =>
      (await import('./commands/init.ts')).initCommand(files, flags),
    );
}
