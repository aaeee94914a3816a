import { readFileSync } from 'node:fs';
const manifest = JSON.parse(readFileSync(new URL('../../package.json', import.meta.url), 'utf8'));
/** Version of this package, as manifests carry it. */
export const ENGINE_VERSION = manifest.version;
