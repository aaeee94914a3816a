/** Commands around a live service. */
import type { Command } from 'commander';
import type { LiveFlags } from './commands/live.ts';
import type { TokenFlags } from './commands/token.ts';
import { count, example, factor, port, seed } from './values.ts';

export function addServiceCommands(program: Command): void {
  program
    .command('token')
    .description('make a token that lets somebody into a service; it is shown once, its hash is kept')
    .argument('<name>', 'whose it is; the one that the name had is no longer good')
    .requiredOption('--file <file>', 'of the tokens of the service')
    .option('--role <role>', 'read; or admin, who may also take snapshots and stop the service', 'read')
    .option('--json', 'print as JSON')
    .addHelpText('after', example('token dashboard --file tokens.json'))
    .action(async (name: string, flags: TokenFlags) => (await import('./commands/token.ts')).tokenCommand(name, flags));

  program
    .command('live')
    .description(
      'from the stream of a venue to rows and predictions that are served, on record; goes on where it ended',
    )
    .option('--config <name|file>', 'the chain; each instrument names its venue')
    .requiredOption('--journal <dir>', 'the record of the session')
    .option(
      '--history <files...>',
      'trades that a new session begins with; NAME=FILE of each instrument where there are several',
    )
    .option('--bootstrap <ways>', 'what else a new session is warmed with: dumps, rest, both, or none', 'dumps,rest')
    .option('--bootstrap-seconds <n>', 'of warming it, at most', count, 300)
    .option('--accept-revised', "where files differ from what the venue said otherwise, take the files' word")
    .option('--artefact <file>', 'predict with what fit and train learned; with --model')
    .option('--model <file>', '.onnx; with --artefact')
    .option('--on-hole <how>', 'what a hole does that nothing filled: stop, or degrade (rows are not complete)', 'stop')
    .option('--stream-url <venue=url...>', "in place of a venue's own address")
    .option('--rest-url <venue=url...>', "in place of a venue's own address for questions")
    .option('--dump-url <venue=url...>', "in place of the host of a venue's files of days")
    .option('--shadow <when>', "compare yesterday with the venue's own file of it: daily, or daily@HH:MM (UTC)")
    .option('--keep <days>', 'put away segments of the record that are older, as far as nothing needs them', count)
    .option(
      '--webhook <url>',
      'post what somebody must be woken for; signed where MINOTAUR_WEBHOOK_SECRET is in the environment',
    )
    .option('--bus <url>', 'write what is recorded into a bus as well: kafka://HOST:PORT/NAME (docs/bus.md)')
    .option('--bus-settings <file>', 'TLS and SASL of the bus')
    .option('--chain <name>', 'of the bus, where it is not its instrument')
    .option('--port <n>', 'port of the service; 0: any that is free', port, 8080)
    .option('--host <name>', 'address that it listens on', '127.0.0.1')
    .option('--tokens <file>', 'who may read it (minotaur token); without it, this machine alone')
    .option('--origin <url...>', 'pages of other origins that may read it')
    .option(
      '--demo',
      'a venue on this machine plays a simulated market, with faults: no account, no network; each time anew, with a record of its own below --journal',
    )
    .option('--speed <n>', 'of the demo, times real time', factor, 1)
    .option('--seed <n>', 'of the demo', seed, 1)
    .addHelpText('after', example('live --demo --journal out/live --port 0'))
    .action(async (flags: LiveFlags, command: Command) => {
      const given = command.options.filter((one) => command.getOptionValueSource(one.attributeName()) === 'cli');
      const names = given.map(({ long }) => long ?? '');
      await (await import('./commands/live.ts')).liveCommand(flags, names);
    });
}
