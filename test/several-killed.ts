/** A process that records a session of two instruments into the directory it is given, up to where rows wait, and is killed there. */
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { recordEngine } from '../packages/core/src/live/recording.ts';
import { createJournal } from '../packages/minotaur/src/journal/writer.ts';
import { drive, LATE, make } from './several-session.ts';

const [directory] = process.argv.slice(2);
const journal = createJournal(directory);
const engine = recordEngine(journal, make);
drive(engine, 0, 2 * LATE[0] + 4);
if (engine.counts().waitingRows === 0) throw new Error('no row waits');
journal.flush();
writeFileSync(join(directory, 'ready'), '');
setInterval(() => {}, 1000);
