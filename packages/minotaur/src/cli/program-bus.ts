/** Commands of a bus: a log that several machines share. */
import { Option, type Command } from 'commander';
import type { BusInitFlags, BusLagFlags, BusProduceFlags, BusTailFlags, BusVerifyFlags } from './commands/bus.ts';
import type { WorkerFlags } from './commands/worker.ts';
import { count, example, factor, port } from './values.ts';

const BUS = 'kafka://localhost:9092/desk';

export function addBusCommands(program: Command, config: Option): void {
  const address = new Option('--bus <url>', 'kafka://HOST:PORT/NAME; hosts apart by commas').makeOptionMandatory();
  const settings = new Option('--settings <file>', 'TLS, SASL and topics of the bus (docs/bus.md)');
  const artefact = new Option('--artefact <file>', 'what fit and train learned, of what predicts; with --model');
  const model = new Option('--model <file>', '.onnx; with --artefact');
  const json = new Option('--json', 'print the figures as JSON');
  const bus = program.command('bus').description('events and rows in Kafka, shared by several machines (docs/bus.md)');
  const add = (name: string, description: string): Command =>
    bus.command(name).description(description).exitOverride().addOption(address).addOption(settings);

  add('init', 'make the topics of a bus, those that are not there')
    .addOption(config)
    .addOption(artefact)
    .addOption(model)
    .option('--partitions <n>', 'in place of the settings, or 16', count)
    .option('--replicas <n>', 'in place of the settings, or 3', count)
    .addOption(json)
    .addHelpText('after', example(`bus init --bus ${BUS} --config minotaur.yaml`))
    .action(async (flags: BusInitFlags) => (await import('./commands/bus.ts')).busInitCommand(flags));

  add('produce', 'write trades of files, or a journal, into a bus; goes on where it ended')
    .addOption(config)
    .option('--trades <name=glob...>', 'files of trades, by the names of their chains')
    .option('--journal <dir>', 'in place of trades: what a session recorded, all kinds of events')
    .option('--chain <name>', 'of the journal, where it is not its instrument')
    .option('--batch <n>', 'events of a message, at most', count, 1000)
    .option('--rate <n>', 'events a second and chain; without it, as fast as they are taken', factor)
    .option('--new-epoch', 'another history of these chains, from its first event on')
    .addOption(json)
    .addHelpText('after', example(`bus produce --bus ${BUS} --trades BTCUSDT='BTCUSDT-*.csv.gz'`))
    .action(async (flags: BusProduceFlags) => (await import('./commands/bus.ts')).busProduceCommand(flags));

  add('tail', 'rows as they are written, each once, as lines of JSON; with a model, its predictions')
    .addOption(config)
    .addOption(artefact)
    .addOption(model)
    .option('--from-start', 'from the first that is there; without it, from now on')
    .option('--limit <n>', 'end after so many rows', count)
    .option('--values', 'with their values')
    .addHelpText('after', example(`bus tail --bus ${BUS} --config minotaur.yaml --from-start --limit 10`))
    .action(async (flags: BusTailFlags) => (await import('./commands/bus.ts')).busTailCommand(flags));

  add('lag', 'how far the partitions have been worked')
    .addOption(config)
    .addOption(artefact)
    .addOption(model)
    .addOption(json)
    .addHelpText('after', example(`bus lag --bus ${BUS} --config minotaur.yaml`))
    .action(async (flags: BusLagFlags) => (await import('./commands/bus.ts')).busLagCommand(flags));

  add('verify', 'build the rows anew from the events, and compare them bit for bit with those in the bus')
    .addOption(config)
    .addOption(artefact)
    .addOption(model)
    .addOption(json)
    .addHelpText('after', example(`bus verify --bus ${BUS} --config minotaur.yaml`))
    .action(async (flags: BusVerifyFlags) => (await import('./commands/bus.ts')).busVerifyCommand(flags));

  program
    .command('worker')
    .description('rows of a bus, and predictions, shared with all workers of the chain; goes on where another ended')
    .addOption(address)
    .addOption(settings)
    .addOption(config)
    .addOption(artefact)
    .addOption(model)
    .option('--group <name>', 'who share the partitions; without it, all workers of this chain and model')
    .option('--standby', "keep the newest snapshots of others' partitions in memory, to take them over sooner")
    .option('--port <n>', 'of probes and metrics; 0: any that is free', port, 8081)
    .option('--host <name>', 'address that it listens on', '127.0.0.1')
    .addOption(json)
    .addHelpText('after', example(`worker --bus ${BUS} --config minotaur.yaml`))
    .action(async (flags: WorkerFlags) => (await import('./commands/worker.ts')).workerCommand(flags));
}
