/** The laws over every bar kind in the folder: adding a file is enough to be tested here. */
import { test } from 'node:test';
import type { BarKind } from '../../packages/core/src/bars/kind.ts';
import { kinds } from '../../packages/core/src/bars/kinds.gen.ts';
import { BAR_LAWS } from '../../packages/minotaur/src/verify/testing/bar-laws/index.ts';
import { assertBarKind } from '../../packages/minotaur/src/verify/testing/check-bar-kind.ts';

for (const kind of Object.values(kinds) as BarKind[]) {
  for (const { name } of BAR_LAWS) test(`${name}: ${kind.name} bars`, () => assertBarKind(kind, { laws: [name] }));
}
