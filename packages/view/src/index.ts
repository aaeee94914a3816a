/** The pages of Minotaur, each as one HTML file that needs nothing but itself. */
export { renderRunPage, type RunProps, type Step } from './pages/run.tsx';
export { renderComparePage, type CompareProps } from './pages/compare.tsx';
export type { ComparedProps } from './parts/compared.tsx';
export { renderInspectPage, type InspectProps } from './pages/inspect.tsx';
export { renderForeignPage, type ForeignColumnProps, type ForeignProps } from './pages/foreign.tsx';
export type { FindingProps, InspectionProps, MarketProps } from './parts/inspection.tsx';
export type {
  BuiltTrades,
  ConfigChange,
  FoundTrades,
  Told,
  TryCalls,
  TryAnswer,
  TryRequest,
} from './parts/try-data.ts';
export { renderLivePage, type LivePage } from './pages/live.tsx';
export {
  LIVE_KEPT,
  type Figure,
  type LiveBar,
  type LiveEvent,
  type LiveFacts,
  type LiveNews,
  type LivePrediction,
  type LiveRow,
  type LiveStretch,
} from './parts/live-data.ts';
export { renderModelPage, type MeasuredSplit, type ModelProps } from './pages/model.tsx';
export type { FoldRibbon, FoldStretch } from './parts/folds.tsx';
export type { Losses } from './parts/importances.tsx';
export type { CurveEpoch, Trial } from './parts/training.tsx';
export { renderVerdictPage, type Judged, type VerdictProps } from './pages/verdict.tsx';
export { renderViewPage, type ViewProps } from './pages/view.tsx';
export type { Answer } from './pages/answers.tsx';
export type { LineageProps } from './pages/lineage.tsx';
export type { WarmupProps } from './pages/warmup.tsx';
export type { BannerProps } from './parts/banner.tsx';
export type { Candle, Charts, Line } from './parts/chart-data.ts';
export type { Check } from './parts/check-table.tsx';
export type { Drift } from './parts/drift-data.ts';
export type { Divergence, Failure } from './parts/failures.tsx';
export { lineageOf } from './parts/lineage.ts';
export type { Lineage, LineageClock, LineageData, LineageStart } from './parts/lineage.ts';
export type { Series } from './parts/plot/line-plot.tsx';
export type { Histogram } from './parts/plot/histogram-plot.tsx';
export type { Tile } from './parts/tiles.tsx';
export type { Ribbon } from './parts/timeline.tsx';
export { compact, count } from './parts/numbers.ts';
export {
  BUCKET_COLUMNS,
  decodeWindow,
  encodeWindow,
  LABEL_COUNTS,
  lineColumn,
  MARK_COLUMNS,
  SPLIT_COLUMN,
  type ChartWindow,
  type Distribution,
  type EmbeddedRun,
  type ViewedProblem,
  type ViewScene,
  type WindowRequest,
} from './parts/view-data.ts';
