/**
 * Minotaur in Node: all of minotaur-core, with Node's own hash handed in, and what needs files.
 */
export * from 'minotaur-core';
export { createEngine, restoreEngine } from './runtime/engine.ts';
export { nodeHashing } from './runtime/hashing.ts';
export { createJournal } from './journal/writer.ts';
export type { JournalOptions } from './journal/writer.ts';
export { openJournal } from './journal/reader.ts';
export type { Journal, JournalEntry, TornTail } from './journal/reader.ts';
export { makeSidecar, openModel } from './runtime/open-model.ts';
export type { OpenModelOptions } from './runtime/open-model.ts';
