/**
 * Minotaur on Node: everything of `minotaur-core`, and what most programs need beside it. Files are in `minotaur/files`, the
 * commands as functions in `minotaur/runs`, models in `minotaur/model`.
 */
export * from 'minotaur-core';
export { createEngine, restoreEngine } from './node/engine.ts';
export { nodeHashing } from './node/hashing.ts';
export { nextEpoch } from './journal/epochs.ts';
export { recoverEngine, recoverSession, resumeEngine, resumeSession } from './journal/recover.ts';
export type { Recovered } from './journal/recover.ts';
export type { RecordedPush } from './journal/pushes.ts';
export { createJournal } from './journal/writer.ts';
export type { JournalOptions } from './journal/writer.ts';
export type { JournalEars } from './journal/segments.ts';
export { openJournal } from './journal/reader.ts';
export type { Journal, JournalEntry, JournalPlace } from './journal/reader.ts';
export type { TornTail } from './journal/raw-records.ts';
export type { JournalHeader } from './journal/format.ts';
export { loadConfig } from './files/config-file.ts';
export type { ConfigArgument, ConfigSource, LoadedConfig } from './files/config-file.ts';
export { openTrades } from './files/trades/trade-source.ts';
export type { InputOptions, SourceBlock, TradeSource } from './files/trades/trade-source.ts';
export { makeSidecar, openModel } from './runtime/open-model.ts';
export type { OpenModelOptions } from './runtime/open-model.ts';
export { openModelOf } from './runtime/artefact-model.ts';
