/** The system's errors in words that a person knows, where it has a code for them. */

const WORDS: Readonly<Record<string, string>> = {
  ENOENT: 'no such file',
  EISDIR: 'a directory',
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

export function systemWords(error: unknown): string {
  const { code, message } = error as NodeJS.ErrnoException;
  return WORDS[code ?? ''] ?? message;
}
