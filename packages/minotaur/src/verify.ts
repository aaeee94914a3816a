/**
 * The checks behind `minotaur verify`, each on its own, over trades at hand and over chains of your own making:
 *
 *     const sides = { historical: (sinks) => createEngine(config, sinks), live: (sinks) => myAdapter(createEngine(config, sinks)) };
 *     const { holds, checks: results } = await runChecks(contextOver(config, blocks, { sides }), [parity]);
 */
export { availability } from './verify/checks/availability.ts';
export { blocks } from './verify/checks/blocks.ts';
export { branches } from './verify/checks/branches.ts';
export { calendars } from './verify/checks/calendars.ts';
export { conservation } from './verify/checks/conservation.ts';
export { freshProcess } from './verify/checks/fresh-process.ts';
export { interleaving } from './verify/checks/interleaving.ts';
export { lookahead } from './verify/checks/lookahead.ts';
export { order } from './verify/checks/order.ts';
export { parity } from './verify/checks/parity.ts';
export { purity } from './verify/checks/purity.ts';
export { readiness } from './verify/checks/readiness.ts';
export { runtimes } from './verify/checks/runtimes.ts';
export { snapshot } from './verify/checks/snapshot.ts';
export { workers } from './verify/checks/workers.ts';
export { memory } from './verify/memory/memory.ts';
export { certificateLines } from './verify/harness/certificate.ts';
export type {
  Certificate,
  ClockCertificate,
  Curve,
  FeatureCertificate,
  Level,
  ReadyCertificate,
} from './verify/harness/certificate.ts';
export type { Check, CheckContext, CheckResult, Course } from './verify/harness/check.ts';
export type { Divergence, Neighbour } from './verify/harness/divergence.ts';
export type { LearnedRows, Serving } from './verify/harness/learned.ts';
export type { Reach } from './verify/harness/reach.ts';
export type { MakeEngine, Sides } from './verify/harness/sides.ts';
export { barStretch, tradeStretch } from './verify/harness/stretch.ts';
export type { PlainEvents, Stretch } from './verify/harness/stretch.ts';
export type { Turn } from './verify/harness/turns.ts';
export { contextOver } from './verify/over-trades.ts';
export type { ContextOptions } from './verify/over-trades.ts';
export { checks, runChecks } from './verify/verify.ts';
export type { Verdict } from './verify/verify.ts';
export { driftOf } from './verify/drift/drift.ts';
export type { Drift, Histogram, Pair } from './verify/drift/drift.ts';
export type { LoadedInput, Loading } from './verify/watch/loading.ts';
export type { ConfigSource } from './files/config-file.ts';
export type { Plan } from 'minotaur-core/internal/chain/plan';
