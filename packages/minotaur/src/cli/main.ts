#!/usr/bin/env node
/** Entry of the command line: on a Node that is too old it says so, where an import would fail with a stack trace. */
const OLDEST = [22, 18] as const;
const [major, minor] = process.versions.node.split('.').map(Number);
if (major > OLDEST[0] || (major === OLDEST[0] && minor >= OLDEST[1])) {
  // Most of what a short command takes is the compiler's: 0.9 s become 0.6. An older Node does not have it.
  const { enableCompileCache } = await import('node:module');
  enableCompileCache();
  const { keepCompiled } = await import('./compiled-code.ts');
  keepCompiled(process.argv[2] ?? '');
  await import('./command-line.ts');
} else {
  console.error(`minotaur: expected Node ${OLDEST.join('.')} or newer, found ${process.version}`);
  process.exitCode = 2;
}
