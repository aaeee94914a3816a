/** Packages that come along where they can, or are installed by whoever needs them, and are missed only by what needs them. */
import { createRequire } from 'node:module';
import { fail } from 'minotaur-core/internal/base/errors';

/** What somebody needs a package for. */
export interface Need {
  /** File or run, for the message. */
  readonly where: string;
  /** What the package does there. */
  readonly what: string;
}

/**
 * The package `name`, by `load`, which imports it.
 * @throws {MinotaurError} of kind `config` where it is not installed or does not load, with the command that installs it
 */
export async function loadOptional<T>(name: string, load: () => Promise<T>, { where, what }: Need): Promise<T> {
  try {
    return await load();
  } catch (error) {
    const { code, message } = error as NodeJS.ErrnoException;
    const isAbsent = code === 'ERR_MODULE_NOT_FOUND' && message.includes(name);
    // onnxruntime's script fetches CUDA from elsewhere: where that does not answer, npm leaves the package out without a word.
    const install = `npm install --ignore-scripts ${name}@${versionOf(name)}`;
    const expected = `the optional package ${name}, which ${what} (${install})`;
    return fail('config', where, expected, isAbsent ? 'it is not installed' : message.split('\n')[0]);
  }
}

/** That this package is tested with. */
function versionOf(name: string): string {
  const own = createRequire(import.meta.url)('../../package.json') as {
    readonly optionalDependencies: Readonly<Record<string, string>>;
    readonly peerDependencies: Readonly<Record<string, string>>;
  };
  return own.optionalDependencies[name] ?? own.peerDependencies[name];
}
