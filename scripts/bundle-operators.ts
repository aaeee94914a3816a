/**
 * The operators as one module of `minotaur-core`: whoever starts loads all of them, and three hundred files take longer to find
 * and open than to compile. What they import beside each other stays where it is, so that there is one of each.
 */
import { dirname, relative, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';

const core = fileURLToPath(new URL('../packages/core/', import.meta.url));
const [from, to] = [`${core}src/features/catalogue.gen.ts`, `${core}dist/features/catalogue.gen.js`];
const OPERATORS = `${core}src/features/operators/`;

export async function bundleOperators(): Promise<void> {
  await build({
    entryPoints: [from],
    outfile: to,
    bundle: true,
    format: 'esm',
    target: 'es2023',
    plugins: [
      {
        name: 'operators alone',
        setup({ onResolve }) {
          onResolve({ filter: /^\./ }, ({ path, importer }) => {
            if (importer === '') return undefined;
            const file = resolve(dirname(importer), path);
            if (file.startsWith(OPERATORS)) return { path: file };
            const there = relative(dirname(from), file).replace(/\.ts$/, '.js');
            return { path: there.startsWith('.') ? there : `./${there}`, external: true };
          });
        },
      },
    ],
  });
}
