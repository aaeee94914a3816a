#!/usr/bin/env node
/** Entry of the command line: on a Node that is too old it says so, where an import would fail with a stack trace. */
const OLDEST = [22, 18] as const;
const [major, minor] = process.versions.node.split('.').map(Number);
if (major > OLDEST[0] || (major === OLDEST[0] && minor >= OLDEST[1])) {
  await import('./program.ts');
} else {
  console.error(`minotaur: expected Node ${OLDEST.join('.')} or newer, found ${process.version}`);
  process.exitCode = 2;
}
