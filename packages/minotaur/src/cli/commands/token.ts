/** `minotaur token`. */
import { makeServiceToken, type TokenOptions } from '../../runs/serving/token.ts';
import type { OutputFlags } from '../output.ts';

export type TokenFlags = Omit<TokenOptions, 'name'> & OutputFlags;

export function tokenCommand(name: string, { json, ...options }: TokenFlags): void {
  const report = makeServiceToken({ ...options, name });
  if (json) console.log(JSON.stringify(report));
  else
    console.log(
      `${report.token}\n\n${report.role} token of ${name}: it is shown this once; ${report.file} has its hash.`,
    );
}
