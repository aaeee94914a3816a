/** Real servers on this machine, for tests that need them and are skipped with the reason where they cannot be had. */
import { spawnSync } from 'node:child_process';
import { chmodSync, existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after } from 'node:test';
import { fileURLToPath } from 'node:url';

const SCRIPT = fileURLToPath(new URL('../scripts/servers.sh', import.meta.url));
const VENV_PYTHON = fileURLToPath(new URL('../out/servers/venv/bin/python', import.meta.url));

export type ServerName = 'postgres' | 'redis' | 's3' | 'slurm';

export type StartedServer =
  | {
      /** What a client has to know, by name. */ readonly facts: Readonly<Record<string, string>>;
      readonly skip?: never;
    }
  | { /** Why there is none. */ readonly skip: string; readonly facts?: never };

/** Starts a server, which is stopped when the file's tests are done. */
export function startServer(name: ServerName): StartedServer {
  const directory = mkdtempSync(join(tmpdir(), `minotaur-${name}-`));
  // PostgreSQL runs as a user of its own.
  chmodSync(directory, 0o755);
  const { status, stdout, stderr } = spawnSync('bash', [SCRIPT, 'start', name, directory], { encoding: 'utf8' });
  if (status === 3) {
    rmSync(directory, { recursive: true, force: true });
    return { skip: stderr.trim() };
  }
  if (status !== 0) throw new Error(`${name} did not start: ${stderr}`);
  after(() => {
    spawnSync('bash', [SCRIPT, 'stop', name, directory], { encoding: 'utf8' });
    rmSync(directory, { recursive: true, force: true, maxRetries: 5 });
  });
  const facts: Record<string, string> = {};
  for (const line of stdout.trim().split('\n'))
    facts[line.slice(0, line.indexOf('='))] = line.slice(line.indexOf('=') + 1);
  return { facts };
}

/** A Python that has the packages named; undefined where there is none. */
export function pythonWith(...packages: readonly string[]): string | undefined {
  const candidates = [VENV_PYTHON, process.env['PYTHON'] ?? 'python3'];
  return candidates.find(
    (python) =>
      (!python.includes('/') || existsSync(python)) &&
      spawnSync(python, ['-c', `import ${packages.join(', ')}`], { encoding: 'utf8' }).status === 0,
  );
}

/** An object store that is up: its environment for a client, or why there is none. */
export function startObjectStore(): StartedServer {
  const { facts, skip } = startServer('s3');
  if (skip !== undefined) return { skip };
  const credentials = { AWS_ACCESS_KEY_ID: 'minotaur', AWS_SECRET_ACCESS_KEY: 'minotaur' };
  return { facts: { ...credentials, AWS_REGION: 'us-east-1', AWS_ENDPOINT_URL_S3: facts['url'] } };
}
