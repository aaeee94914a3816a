/** Commands around a live service. */
import type { Command } from 'commander';
import type { TokenFlags } from './commands/token.ts';

export function addServiceCommands(
  program: Command,
  { example }: { readonly example: (text: string) => string },
): void {
  program
    .command('token')
    .description('make a token that lets somebody into a service; it is shown once, its hash is kept')
    .argument('<name>', 'whose it is; the one that the name had is no longer good')
    .requiredOption('--file <file>', 'of the tokens of the service')
    .option('--role <role>', 'read; or admin, who may also take snapshots and stop the service', 'read')
    .option('--json', 'print as JSON')
    .addHelpText('after', example('token dashboard --file tokens.json'))
    .action(async (name: string, flags: TokenFlags) => (await import('./commands/token.ts')).tokenCommand(name, flags));
}
