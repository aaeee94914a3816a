/** What deploy/ holds for builds on a cluster: files that are what they say, of options that there are. */
import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { test } from 'node:test';
import { validate } from 'dockerfile-utils';
import { parseAllDocuments } from 'yaml';
import { minotaur } from './cli.ts';
import { path, read } from './deployed.ts';

interface Container {
  readonly image: string;
  readonly args: readonly string[];
}
interface KubernetesJob {
  readonly kind: string;
  readonly spec: {
    readonly completionMode?: string;
    readonly completions?: number;
    readonly parallelism?: number;
    readonly template: { readonly spec: { readonly restartPolicy: string; readonly containers: readonly Container[] } };
  };
}

test('the Kubernetes jobs: one indexed, of which every pod knows its job; arguments that the program takes', () => {
  const documents = parseAllDocuments(read('kubernetes/build.yaml'), { strict: true, uniqueKeys: true });
  for (const { errors } of documents) assert.deepEqual(errors, []);
  const [build, merge] = documents.map((one) => one.toJS() as KubernetesJob);
  assert.equal(build.kind, 'Job');
  assert.equal(build.spec.completionMode, 'Indexed');
  assert.ok((build.spec.parallelism ?? 0) <= (build.spec.completions ?? 0));
  for (const { spec } of [build, merge]) {
    const { restartPolicy, containers } = spec.template.spec;
    assert.equal(restartPolicy, 'Never');
    const [{ image, args }] = containers;
    assert.ok(read('kubernetes/Dockerfile').includes(`-t ${image} `), image);
    const { stdout } = minotaur(args[0], '--help');
    for (const flag of args.filter((arg) => arg.startsWith('--'))) assert.ok(stdout.includes(`${flag} `), flag);
  }
  assert.deepEqual(validate(read('kubernetes/Dockerfile')), []);
});

test('the Slurm files are shell, and name options that there are', () => {
  for (const name of ['submit.sh', 'build.sbatch']) {
    const { status, stderr } = spawnSync('sh', ['-n', path(join('slurm', name))], { encoding: 'utf8' });
    assert.equal(status, 0, stderr);
  }
  const { stdout } = minotaur('build', '--help');
  for (const [flag] of read('slurm/build.sbatch').matchAll(/(?<= )--(?:job|index)\b/g))
    assert.ok(stdout.includes(flag));
});
