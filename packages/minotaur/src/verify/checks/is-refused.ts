import { MinotaurError } from 'minotaur-core/internal/base/errors';

/** Whether a push is refused for what it brings. */
export function isRefused(push: () => void): boolean {
  try {
    push();
    return false;
  } catch (error) {
    if (error instanceof MinotaurError && error.kind === 'input') return true;
    throw error;
  }
}
