/** The user's Python: which it is, and whether it is new enough. */
import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { fail } from 'minotaur-core/internal/base/errors';

/** The oldest that the runner runs on. */
const OLDEST = [3, 9] as const;
const SECONDS = 20;
/** Words that any Python understands. */
const ASK = 'import sys; print("%d.%d.%d" % sys.version_info[:3])';
const WANTED = 'a Python interpreter, 3.9 or later; --python names it';

/** What a system calls its Python, the likeliest first. */
const NAMES = process.platform === 'win32' ? ['python', 'py'] : ['python3', 'python'];

/**
 * Finds the interpreter that `asked` names, or the one of the system.
 * @throws {MinotaurError} of kind `config` where there is none, or it is too old
 */
export async function findInterpreter(asked: string | undefined): Promise<string> {
  for (const name of asked === undefined ? NAMES : [asked]) {
    const version = await versionOf(name);
    if (version === undefined) continue;
    const [major, minor] = version.split('.').map(Number);
    if (!(major > OLDEST[0] || (major === OLDEST[0] && minor >= OLDEST[1])))
      fail('config', 'Python', WANTED, `${name}, which is ${version}`);
    return name;
  }
  return fail('config', 'Python', WANTED, `${asked ?? NAMES.join(' and ')}: no such program`);
}

/** The version of a program that is a Python; undefined where there is no such program. @throws where it is no Python */
async function versionOf(name: string): Promise<string | undefined> {
  try {
    const { stdout } = await promisify(execFile)(name, ['-c', ASK], { timeout: SECONDS * 1000, windowsHide: true });
    const version = stdout.trim();
    return /^\d+\.\d+\.\d+$/.test(version) ? version : fail('config', 'Python', WANTED, `${name}, which is no Python`);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
    if ((error as NodeJS.ErrnoException).code === 'EACCES')
      return fail('config', 'Python', WANTED, `${name}, which may not be run`);
    if (error instanceof Error && 'stderr' in error)
      return fail(
        'config',
        'Python',
        WANTED,
        `${name}, which does not say its version: ${firstLine(String(error.stderr))}`,
      );
    throw error;
  }
}

const firstLine = (text: string): string => text.trim().split('\n')[0].slice(0, 200) || 'nothing';
