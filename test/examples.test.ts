/** The examples: under the strictest flags that a project may have, and run. */
import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { globSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { typeMistakes } from './type-mistakes.ts';

const root = fileURLToPath(new URL('../', import.meta.url));
const PYTHON = process.env['PYTHON'] ?? 'python3';

test('they have types under the strictest flags', () => {
  const files = globSync('examples/**/*.ts', { cwd: root }).map((file) => join(root, file));
  assert.ok(files.length >= 6);
  const strictest = {
    noUncheckedIndexedAccess: true,
    noPropertyAccessFromIndexSignature: true,
    noImplicitOverride: true,
    noImplicitReturns: true,
    noFallthroughCasesInSwitch: true,
    noUnusedLocals: true,
    noUnusedParameters: true,
    isolatedModules: true,
    erasableSyntaxOnly: true,
    verbatimModuleSyntax: true,
  };
  assert.deepEqual(typeMistakes(files, strictest), []);
});

// Programs of TypeScript run in library.test.ts, check-command.test.ts and testing-docs.test.ts, those of Python, where their packages
// are, in long/howto.test.ts.
test('those of Python are Python', (t) => {
  const programs = globSync('examples/python/*.py', { cwd: root });
  assert.equal(programs.length, 5);
  if (spawnSync(PYTHON, ['--version']).status !== 0) return t.skip(`no ${PYTHON} here`);
  for (const program of programs) {
    const parsed = spawnSync(PYTHON, ['-c', 'import ast, sys; ast.parse(open(sys.argv[1]).read())', program], {
      cwd: root,
      encoding: 'utf8',
    });
    assert.equal(parsed.status, 0, parsed.stderr);
  }
});
