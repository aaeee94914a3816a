/**
 * The commands as functions: an options object in, a typed report out. Nothing is printed; progress and an abort signal are
 * handed in.
 *
 *     await build({ config: 'minotaur', trades: ['trades.parquet'], out: 'rows' });
 *     const { holds } = await verify({ config: 'minotaur', trades: ['trades.parquet'] });
 */
export { build, replay } from './runs/chain/build.ts';
export type { BuildOptions, ReplayOptions } from './runs/chain/build.ts';
export type { ClockForecast, WarmupForecast, WarmupListener } from './runs/chain/forecast.ts';
export { buildSymbols, replaySymbols } from './runs/chain/symbols.ts';
export type { ReplaySymbolsOptions, SymbolsOptions } from './runs/chain/symbols.ts';
export { planJobs } from './runs/cluster/plan.ts';
export type { PlannedSymbol, PlanOptions, PlanReport } from './runs/cluster/plan.ts';
export { arrayIndex } from './runs/cluster/array-index.ts';
export { buildJob } from './runs/cluster/build-job.ts';
export type { JobMonthReport, JobOptions, JobReport } from './runs/cluster/build-job.ts';
export { mergeJobs } from './runs/cluster/merge.ts';
export type { MergedManifest, MergedMonth, MergedSymbol, MergeOptions, MergeReport } from './runs/cluster/merge.ts';
export type { Wave } from './store/job-list.ts';
export type { StepRecord } from './store/step-record.ts';
export { sinkParquet, sinkPostgres, sinkRedis } from './runs/sinks/sink.ts';
export type {
  ParquetSinkOptions,
  PostgresSinkOptions,
  RedisSinkOptions,
  SinkOptions,
  SinkReport,
} from './runs/sinks/sink.ts';
export type { FollowOptions } from './runs/sinks/follow.ts';
export { initBus } from './runs/bus/init.ts';
export type { BusInitOptions, BusInitReport } from './runs/bus/init.ts';
export { produceToBus } from './runs/bus/produce.ts';
export type { BusProduceOptions, BusProduceReport, ProducedChain } from './runs/bus/produce.ts';
export { runBusWorker } from './runs/bus/worker.ts';
export type { BusWorkerOptions, BusWorkerReport } from './runs/bus/worker.ts';
export { tailBus } from './runs/bus/tail.ts';
export type { BusTailOptions, BusTailReport, TailedPrediction, TailedRow } from './runs/bus/tail.ts';
export { busLag } from './runs/bus/lag.ts';
export type { BusLagOptions, BusLagReport, PartitionLag } from './runs/bus/lag.ts';
export { verifyBus } from './runs/bus/verify.ts';
export type { BusVerifyOptions, BusVerifyReport, Verified, VerifiedChain } from './runs/bus/verify.ts';
export type { BusOptions } from './runs/bus/open.ts';
export type { BusPredictingOptions } from './runs/bus/predicting.ts';
export type { MadeTopic } from './bus/kafka/topics.ts';
export { readNewestRow } from './sinks/redis.ts';
export type { NamedRow, RedisPlace } from './sinks/redis.ts';
export type { StoredRow } from './sinks/redis-row.ts';
export { inspect } from './runs/inspection/inspect.ts';
export type { InspectOptions, InspectReport } from './runs/inspection/inspect.ts';
export type { DraftOutline, TradesInspection } from './runs/inspection/trades-inspection.ts';
export type { InspectedFiles } from './runs/inspection/evidence.ts';
export type { TableInspection } from './runs/inspection/table-inspection.ts';
export { init } from './runs/inspection/init.ts';
export type { BarsInit, InitOptions, InitReport, TradesInit } from './runs/inspection/init.ts';
export { initFrom } from './runs/recognition/init-from.ts';
export type { InitFromOptions, InitFromReport } from './runs/recognition/init-from.ts';
export type { RecognisedColumn, RecognisedForm } from './recognise/told.ts';
export type { Agreement } from './recognise/agreement/agreement.ts';
export type { Finding } from './inspect/survey/finding.ts';
export type { SymbolRows } from './inspect/survey/findings.ts';
export type { Survey } from './inspect/survey/survey.ts';
export { label } from './runs/learning/label.ts';
export type { LabelOptions, LabelReport } from './runs/learning/label.ts';
export type { FilesOfInstruments } from './runs/learning/label-files.ts';
export { split } from './runs/learning/split.ts';
export type { FoldReport, SplitOptions, SplitReport } from './runs/learning/split.ts';
export { fit } from './runs/learning/fit.ts';
export type { FitOptions, FitReport } from './runs/learning/fit.ts';
export { train } from './runs/learning/train.ts';
export { TrainingStopped } from './runs/learning/train-network.ts';
export type { MemberReport, NetworkOptions, TrainingReport } from './runs/learning/train-network.ts';
export type { Ending } from './learn/loop/loop.ts';
export type { Device } from './learn/loop/session.ts';
export type { EpochFigures } from './learn/loop/state.ts';
export type { TrainOptions, TrainReport } from './runs/learning/train.ts';
export { calibrate } from './runs/learning/calibrate.ts';
export type { CalibrateOptions, CalibrateReport } from './runs/learning/calibrate.ts';
export { predict } from './runs/learning/predict.ts';
export type { PredictOptions, PredictReport } from './runs/learning/predict.ts';
export { evaluate, measureEvaluation, readEvaluation } from './runs/learning/evaluate.ts';
export type {
  EvaluatedSplit,
  EvaluateOptions,
  EvaluateReport,
  Evaluation,
  MeasuredSplit,
} from './runs/learning/evaluate.ts';
export { importance } from './runs/learning/importance.ts';
export type { ImportanceOptions, ImportanceReport } from './runs/learning/importance.ts';
export type { FeatureFalls } from './runs/learning/feature-falls.ts';
export { tune } from './runs/tuning/tune.ts';
export type { TrialLine, TuneOptions, TuneReport } from './runs/tuning/tune.ts';
export type { BestTrial, TestedWinner } from './runs/tuning/winner.ts';
export type { Look } from './runs/tuning/looks.ts';
export { exportDataset } from './runs/learning/export.ts';
export type { ExportOptions } from './runs/learning/export.ts';
export { check } from './runs/verification/check.ts';
export type { CheckOptions } from './runs/verification/check.ts';
export { loadWatchedConfig } from './runs/verification/watched-config.ts';
export type { WatchedConfig } from './runs/verification/watched-config.ts';
export { verify } from './runs/verification/verify.ts';
export type { ReportedCheck, VerifyOptions, VerifyReport } from './runs/verification/verify.ts';
export type { TakenEvents } from './runs/verification/taken.ts';
export type { ReproFile } from './runs/verification/repro.ts';
export { verifyForeign } from './runs/verification/foreign.ts';
export type { ForeignInput, ForeignOptions, ForeignReport } from './runs/verification/foreign.ts';
export type { Judged } from './foreign/foreign.ts';
export type { ColumnReport as ForeignColumnReport, VerdictKind } from './foreign/verdicts/column.ts';
export type { ForeignFinding } from './foreign/verdicts/findings.ts';
export type { HoleVerdict } from './foreign/verdicts/missing.ts';
export type { StartVerdict } from './foreign/verdicts/start.ts';
export type { WindowVerdict } from './foreign/verdicts/window.ts';
export type { LiveColumn, LiveDifference, LiveVerdict } from './foreign/verdicts/live.ts';
export type { Trace } from './foreign/experiments/trace.ts';
export type { ExperimentCount } from './foreign/experiments/evidence.ts';
export type { FutureKind } from './foreign/experiments/experiment.ts';
export type { FrameKind } from './foreign/target/python.ts';
export type { TimeForm } from './foreign/table/table.ts';
export { shadow } from './runs/verification/shadow.ts';
export type { EndedFiles, JournalCheck, ShadowOptions, ShadowReport } from './runs/verification/shadow.ts';
export { compare } from './runs/comparison/compare.ts';
export type { CompareOptions, CompareReport } from './runs/comparison/compare.ts';
export { compareSelfTest } from './runs/comparison/self-test.ts';
export type { CompareSelfTestOptions, CompareSelfTestReport } from './runs/comparison/self-test.ts';
export type {
  ComparedColumn,
  ComparedSide,
  ComparedCell,
  ComparedValue,
  ValueKind,
  Comparison,
  FirstDifference,
} from './compare/table/report.ts';
export type { ColumnPair } from './compare/table/columns.ts';
export type { Finding as KeyFinding } from './compare/keys/key-findings.ts';
export type { Told } from './compare/measures/pattern.ts';
export type { PlantedTable } from './compare/planted/self-test.ts';
export { measureDrift } from './runs/verification/drift.ts';
export type { DriftOptions, DriftReport, DriftSide, FeatureDrift } from './runs/verification/drift.ts';
export { selfTest } from './runs/verification/self-test.ts';
export type { SelfTestFault, SelfTestOptions, SelfTestReport } from './runs/verification/self-test.ts';
export { listOperators, measureMemory } from './runs/catalogue.ts';
export type { CatalogueOptions, OperatorEntry, OperatorMemoryReport } from './runs/catalogue.ts';
export { listVenues } from './runs/venues.ts';
export type { DumpEntry, RepairEntry, VenueEntry } from './runs/venues.ts';
export { live } from './runs/serving/live.ts';
export type { LiveOptions } from './runs/serving/live-options.ts';
export type { LiveReport } from './runs/serving/live.ts';
export { liveDemo } from './runs/serving/live-demo.ts';
export type { LiveDemoOptions } from './runs/serving/live-demo.ts';
export { makeServiceToken } from './runs/serving/token.ts';
export type { TokenOptions, TokenReport } from './runs/serving/token.ts';
export { simulate } from './runs/simulate.ts';
export type { SimulateOptions, SimulateReport } from './runs/simulate.ts';
export { demo } from './runs/demo.ts';
export type { DemoOptions, DemoReport } from './runs/demo.ts';
export { dryRun, run } from './runs/whole/run.ts';
export type { RunEstimate } from './runs/whole/estimate.ts';
export type { StepEvent, TakenStep, WholeRunOptions, WholeRunReport } from './runs/whole/run.ts';
export type { StepName, StepOutcome } from './runs/whole/steps.ts';
export type { DataFiles } from './runs/chain/data-files.ts';
export { planOfConfig, planOfRows } from './runs/plan.ts';
export type { CheckResult, FaultOutcome } from './runs/verification/words.ts';
export type { Progress, RunOptions } from './runs/course/options.ts';
export type { ConfigArgument, ConfigSource, LoadedConfig } from './files/config-file.ts';
export type { ClockWarmup, Manifest, RowsWarmupReport, WarmupReport } from './store/manifest.ts';
export type { InputFile } from './store/inputs.ts';
export type { PredictionReport } from './store/predictions.ts';
export type { RowsArgument } from './store/pool.ts';
export type { DatasetFile, DatasetInstrument, DatasetManifest } from './store/dataset.ts';
export { fetchDumps } from './runs/chain/fetch.ts';
export type { FetchedDay, FetchOptions, FetchReport } from './runs/chain/fetch.ts';
