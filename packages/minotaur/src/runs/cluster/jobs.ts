/** A job list that was read, and what lies where its jobs go. */
import { dirname, resolve } from 'node:path';
import { fail } from 'minotaur-core/internal/base/errors';
import { ENGINE_VERSION } from 'minotaur-core/internal/base/version';
import type { Config } from 'minotaur-core/internal/config/config';
import { MANIFEST } from '../../files/atomic.ts';
import { loadSource } from '../../files/config-file.ts';
import { isObject } from '../../files/objects/object-store.ts';
import { joinPlace, placeFrom, type Places } from '../../files/objects/places.ts';
import { configurationDigest, parseJobList, stepFolder, type JobList, type Step } from '../../store/job-list.ts';
import { parseManifest, type Manifest } from '../../store/manifest.ts';

export interface OpenedJobs {
  readonly list: JobList;
  readonly config: Config;
  /** Where the list is. */
  readonly path: string;
  /** Where a path of the list is. */
  place(path: string): string;
  /** Where the rows of a step go. */
  folder(step: Step): string;
  /** What a step left; undefined where it is not done. */
  manifest(step: Step): Promise<Manifest | undefined>;
}

/**
 * Opens a job list.
 * @throws {MinotaurError} where it is none, of another version, or its configuration has changed since
 */
export async function openJobs(places: Places, path: string): Promise<OpenedJobs> {
  const text = await places.read(path);
  if (text === undefined) fail('input', path, 'a job list that plan wrote', 'no such file');
  const list = parseJobList(text, path);
  if (list.engineVersion !== ENGINE_VERSION)
    fail('state', path, `jobs planned by version ${ENGINE_VERSION}`, `version ${list.engineVersion}: plan again`);
  const folder = dirname(isObject(path) ? path : resolve(path));
  const place = (file: string): string => placeFrom(folder, file);
  const { source, name, digest } = list.config;
  const placed = source.kind === 'module' ? { ...source, path: place(source.path) } : source;
  const { config } = await loadSource(placed, name);
  const now = configurationDigest(config);
  if (now !== digest)
    fail(
      'state',
      name,
      `the configuration that ${path} was planned with (${digest.slice(0, 12)})`,
      `another (${now.slice(0, 12)}): plan again`,
    );
  const out = place(list.out);
  const folderOf = (step: Step): string => joinPlace(out, stepFolder(step));
  return {
    list,
    config,
    path,
    place,
    folder: folderOf,
    async manifest(step) {
      const where = joinPlace(folderOf(step), MANIFEST);
      const found = await places.read(where);
      return found === undefined ? undefined : parseManifest(found, where);
    },
  };
}
