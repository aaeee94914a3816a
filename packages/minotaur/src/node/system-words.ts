/** The system's errors in words that a person knows, where it has a code for them. */

const WORDS: Readonly<Record<string, string>> = {
  ENOENT: 'no such file',
  EISDIR: 'a directory',
  EEXIST: 'a file of that name',
  ENOTDIR: 'a file where a directory was expected on the way',
  EACCES: 'no permission',
  EPERM: 'no permission',
  ELOOP: 'a link that leads to itself',
  ENAMETOOLONG: 'a name that is too long',
  ENOSPC: 'a full disk (ENOSPC)',
  EDQUOT: 'a full disk (EDQUOT)',
  EROFS: 'a file system that is read only',
  EMFILE: 'too many open files',
};

/** What went wrong on the way to another machine, down to the system's own word. */
export function networkWords(error: unknown): string {
  const { message, cause } = error as Error;
  const under = cause instanceof Error ? (cause as NodeJS.ErrnoException) : undefined;
  return under === undefined ? message : `${message}: ${under.code ?? under.message}`;
}

export function systemWords(error: unknown): string {
  const { code, message } = error as NodeJS.ErrnoException;
  return WORDS[code ?? ''] ?? message;
}
