import { isComposite, type Operator } from 'minotaur-core/internal/features/contract/operator';

/** Whether the operator's own code raises to a power, which no watch can see. */
export function raisesToPower(op: Operator): boolean {
  if (isComposite(op)) return false;
  const code = op.run.toString().replaceAll(/\/\*[\s\S]*?\*\/|\/\/.*|'[^'\n]*'|"[^"\n]*"|`[^`]*`/g, '');
  return code.includes('**');
}
