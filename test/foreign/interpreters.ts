/** Interpreters for tests of foreign code: one with nothing, one with pinned pandas and numpy, made by `.ci/run` in out/python. */
import { execFileSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { join } from 'node:path';

const root = join(import.meta.dirname, '../..');

/** Whether a program runs `code` to its end. */
export function answers(program: string, code: string): boolean {
  try {
    execFileSync(program, ['-c', code], { stdio: 'ignore', timeout: 60_000 });
    return true;
  } catch {
    return false;
  }
}

/** A Python without anything; undefined where there is none that is new enough. */
export function plainPython(): string | undefined {
  return ['python3', 'python'].find((name) => answers(name, 'import sys; assert sys.version_info >= (3, 9)'));
}

/** A Python with freqtrade itself: the one that FREQTRADE_PYTHON names, or `python3`; undefined where there is none. */
export function freqtradePython(): string | undefined {
  const names = [process.env['FREQTRADE_PYTHON'] ?? '', 'python3'].filter((name) => name !== '');
  return names.find((name) => answers(name, 'import importlib.util as u; assert u.find_spec("freqtrade")'));
}

/** A Python with pandas and numpy; undefined where there is none: `python3 -m venv out/python`, and pip with requirements.txt. */
export function pandasPython(): string | undefined {
  const own = join(root, 'out/python/bin/python');
  const names = [process.env['PYTHON'] ?? '', own, 'python3'].filter(
    (name) => name !== '' && (name !== own || existsSync(own)),
  );
  return names.find((name) => answers(name, 'import pandas, numpy'));
}
