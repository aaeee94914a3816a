export * from 'minotaur-core';
export { createJournal } from './journal/writer.ts';
export type { JournalOptions } from './journal/writer.ts';
export { openJournal } from './journal/reader.ts';
export type { Journal, JournalEntry, TornTail } from './journal/reader.ts';
export { makeSidecar, openModel } from './runtime/open-model.ts';
export type { OpenModelOptions } from './runtime/open-model.ts';
