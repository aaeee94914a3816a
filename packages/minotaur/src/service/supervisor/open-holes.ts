/** What is waited for, instrument by instrument: none of them says that another has what it waits for. */
import type { SupervisorNote } from './notes.ts';

/** Takes note after note; in words, whose trades are waited for since then, undefined where nobody's are. */
export function createOpenHoles(): (note: SupervisorNote) => string | undefined {
  const open = new Map<string, number>();
  return (note) => {
    const { instrument, what } = note;
    if (what === 'waiting') open.set(instrument, note.first);
    else if (what === 'repaired' || what === 'came' || what === 'hole') open.delete(instrument);
    const words = Array.from(open, ([name, first]) => `${name}: trades from ${first} on are waited for`);
    return words.length === 0 ? undefined : words.join('; ');
  };
}
