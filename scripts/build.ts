/**
 * Builds what users install, package after package in the order of their imports. npm would run the packages' own scripts by
 * alphabet, so the root builds all.
 */
import { execFileSync } from 'node:child_process';
import { chmodSync } from 'node:fs';
import { createRequire } from 'node:module';
import { fileURLToPath } from 'node:url';
import { buildView } from './build-view.ts';
import { bundleCore } from './bundle-core.ts';
import { bundleMinotaur } from './bundle-minotaur.ts';
import { writeConfigSchema } from './config-schema.ts';
import { copyDocuments, copyNotices, removeStale } from './finish-packages.ts';
import { writeIndexes } from './index-catalogue.ts';

const root = fileURLToPath(new URL('../', import.meta.url));
const tsc = createRequire(import.meta.url).resolve('typescript/bin/tsc');

function compile(project: string): void {
  execFileSync(process.execPath, [tsc, '-p', project], { cwd: root, stdio: 'inherit' });
}

writeIndexes();
compile('packages/core/tsconfig.build.json');
await bundleCore();
compile('packages/view/tsconfig.json');
compile('packages/minotaur/tsconfig.build.json');
await bundleMinotaur();
await buildView();
await writeConfigSchema();
chmodSync(new URL('../packages/minotaur/bin/minotaur.js', import.meta.url), 0o755);
for (const folder of ['core', 'minotaur']) removeStale(folder);
copyNotices('core', ['LICENSE']);
copyNotices('minotaur', ['LICENSE', 'CHANGELOG.md']);
copyDocuments('minotaur');
