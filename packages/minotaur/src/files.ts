/**
 * Files: trades, bars and rows to read, trades and bars to write, configurations to load.
 *
 *     const { config } = await loadConfig('chain.yaml');
 *     const source = await openTrades(['BTCUSDT-*.csv.gz'], sourceOptions(config));
 *     for await (const { block } of source.blocks()) engine.push(block);
 *     source.close();
 */
export { loadConfig, resolveConfig } from './files/config-file.ts';
export type { ConfigArgument, ConfigSource, LoadedConfig } from './files/config-file.ts';
export { openTrades } from './files/trades/trade-source.ts';
export type {
  ColumnMapping,
  DecimalMark,
  FileLayout,
  InputOptions,
  LeftOut,
  SideMeaning,
  SourceBlock,
  TimeUnit,
  TradeSource,
} from './files/trades/trade-source.ts';
export { sourceOptions } from './files/trades/source-options.ts';
export type { SourceOptions } from './files/trades/source-options.ts';
export { openTradesInThread } from './files/trades/trade-thread.ts';
export { writeTrades } from './files/trades/write-trades.ts';
export { openBars, readBars } from './files/bars-source.ts';
export type { BarBlock, BarsInput, BarSource } from './files/bars-source.ts';
export type { BarInputOptions } from './files/reading-options.ts';
export type { BarColumnMapping } from './files/bars-columns.ts';
export { writeBars } from './files/write-bars.ts';
export { readRowColumns, readRows, rowsIn } from './store/rows.ts';
export type { RowColumns, RowsDirectory, RowTimes } from './store/rows.ts';
export { readManifest } from './store/manifest.ts';
export type { ClockWarmup, Manifest, RowsWarmupReport, WarmupReport } from './store/manifest.ts';
export type { InputFile } from './store/inputs.ts';
export type { PredictionReport } from './store/predictions.ts';
