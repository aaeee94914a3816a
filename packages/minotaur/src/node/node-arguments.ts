/** Arguments of this Node that another has to get too: a checkout resolves packages to their sources by a condition. */
export const nodeArguments: readonly string[] = process.execArgv.filter((argument) =>
  argument.startsWith('--conditions='),
);
