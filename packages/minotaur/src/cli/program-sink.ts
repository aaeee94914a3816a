/** `sink`: into what rows are put, each with its own options. */
import { Option, type Command } from 'commander';
import type { ParquetFlags, PostgresFlags, RedisFlags } from './commands/sink.ts';
import { example, port } from './values.ts';

export function addSinkCommands(program: Command): void {
  const sink = program
    .command('sink')
    .description('rows into the stores that other systems read; repeats do no harm')
    .addHelpText('after', example('sink parquet --rows out --out partitions'));
  const into = (name: string, description: string): Command =>
    sink
      .command(name)
      .description(description)
      .exitOverride()
      .option('--rows <dir...>', 'directories that build wrote; these, --journal or --bus')
      .addOption(new Option('--journal <dir>', 'the journal of a session').conflicts('rows'))
      .addOption(
        new Option(
          '--bus <url>',
          'kafka://HOST:PORT/NAME; hosts apart by commas: rows as workers write them, until ended; goes on where it was',
        ).conflicts(['rows', 'journal', 'replace']),
      )
      .option('--config <file>', 'of a bus: the chain whose rows these are')
      .option('--settings <file>', 'of a bus: TLS, SASL and topics (docs/bus.md)')
      .option('--once', 'of a bus: end when what was there is in the store')
      .option('--port <n>', 'of a bus: of probes and metrics; 0: any that is free (default: none)', port)
      .option('--host <name>', 'address that it listens on (default: 127.0.0.1)')
      .option('--replace', 'a correction: what is there of an epoch from the first of these rows on goes')
      .option('--json', 'print the report as JSON');

  into('parquet', 'partitions that DuckDB, polars, pandas and ClickHouse read')
    .requiredOption('--out <dir>', 'directory of the partitions')
    .addHelpText('after', example('sink parquet --rows out --out partitions'))
    .action(async (flags: ParquetFlags) => (await import('./commands/sink.ts')).parquetCommand(flags));

  into('postgres', 'a table, by COPY')
    .requiredOption('--url <url>', 'postgres://USER@HOST:PORT/DATABASE')
    .option('--table <name>', 'made where it is missing', 'minotaur_rows')
    .addOption(
      new Option('--layout <layout>', 'a column a value, or all in one')
        .choices(['columns', 'array'])
        .default('columns'),
    )
    .addHelpText(
      'after',
      example(
        'sink postgres --rows out --url postgres://minotaur@127.0.0.1:5432/market',
        'sink postgres --bus kafka://localhost:9092/desk --config minotaur.yaml --url postgres://minotaur@127.0.0.1:5432/market',
      ),
    )
    .action(async (flags: PostgresFlags) => (await import('./commands/sink.ts')).postgresCommand(flags));

  into('redis', 'the newest row of each chain, as one blob')
    .requiredOption('--url <url>', 'redis://HOST:PORT')
    .option('--prefix <text>', 'what all keys begin with', 'minotaur')
    .addHelpText('after', example('sink redis --journal journal --url redis://127.0.0.1:6379'))
    .action(async (flags: RedisFlags) => (await import('./commands/sink.ts')).redisCommand(flags));
}
