/** What a row that is ready lets in of the start, over all clocks. */
import { ignoredColumns, toleranceOf } from 'minotaur-core/internal/chain/warmup';
import type { Plan } from 'minotaur-core/internal/chain/plan';
import type { FeatureCertificate, ReadyCertificate } from '../harness/certificate.ts';
import { graphsOf } from '../harness/row-columns.ts';

export function certifyReady(plan: Plan, features: readonly FeatureCertificate[]): ReadyCertificate {
  const tolerance = toleranceOf(plan.config);
  const measured = features.flatMap(({ clock, feature, declared, atReady }) =>
    declared === 'unbounded' || atReady === null ? [] : [{ clock, feature, difference: atReady }],
  );
  const seen = new Set(features.flatMap(({ clock, atReady }) => (atReady === null ? [] : [clock])));
  return {
    tolerance,
    ignored: ignoredColumns(plan),
    worst: measured.length === 0 ? null : measured.reduce((a, b) => (b.difference > a.difference ? b : a)),
    beyond: measured.filter(({ difference }) => difference > tolerance).length,
    unmeasured: graphsOf(plan)
      .filter(({ name, graph }) => graph.features.length > 0 && !seen.has(name))
      .map(({ name }) => name),
  };
}
