/** The commands of historical builds on a cluster: `plan`, `build --job`, `merge`. */
import { Option, type Command } from 'commander';
import type { MergeFlags } from './commands/merge.ts';
import type { PlanFlags } from './commands/plan.ts';
import { example, seed } from './values.ts';

interface Shared {
  readonly accept: Option;
  readonly minUsed: Option;
  readonly config: Option;
}

/** What makes `build` take a job of a list; where its rows go is said by the list. */
export function jobOptions(command: Command): void {
  const job = new Option('--job <list>', 'build one job of a list that `plan` wrote, and nothing where it is done')
    .conflicts(['trades', 'bars', 'series', 'from', 'limit', 'artefact', 'model', 'force'])
    .implies({ out: '' });
  command
    .addOption(job)
    .option('--index <n>', 'which of its jobs; else as Slurm, Kubernetes or AWS Batch say in the environment', seed)
    .option('--wait <span>', 'how long to wait for the month before, such as 12h (default: it has to be done)');
}

export function addClusterCommands(program: Command, { accept, minUsed, config }: Shared): void {
  const plan =
    "plan --trades BTCUSDT='btc/*.csv.gz' ETHUSDT='eth/*.csv.gz' --config minotaur.yaml --out out --jobs jobs.json";
  program
    .command('plan')
    .description('a long build as a list of jobs, a symbol and a month or several each')
    .requiredOption('--trades <glob...>', 'SYMBOL=GLOB: files with their month in their names, on a disk or s3://')
    .addOption(config)
    .requiredOption('--out <dir>', 'where the rows go: a directory that every machine sees, or s3://BUCKET/PREFIX')
    .requiredOption('--jobs <file>', 'the list that is written')
    .addOption(accept)
    .addOption(minUsed)
    .option('--json', 'print the report as JSON')
    .addHelpText('after', `${example(plan)}\nEach job is then built by: minotaur build --job jobs.json --index N\n`)
    .action(async (flags: PlanFlags) => (await import('./commands/plan.ts')).planCommand(flags));

  program
    .command('merge')
    .description('prove that all jobs of a list are done and make one build; one manifest of them')
    .argument('<list>', 'that `plan` wrote')
    .option('--rows', 'read all rows too, and compare their digests')
    .option('--json', 'print the merged manifest')
    .addHelpText('after', example('merge jobs.json', 'merge jobs.json --rows'))
    .action(async (jobs: string, flags: MergeFlags) => (await import('./commands/merge.ts')).mergeCommand(jobs, flags));
}
