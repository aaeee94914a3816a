/** Counters and gauges of a service, as Prometheus reads them. */
import { loadOptional } from '../../node/optional.ts';
import { FAMILIES, type Family, type FamilyName } from './families.ts';

/** Values of a metric's labels. */
type Labels = Readonly<Record<string, string>>;

/** What a session and its server count. */
export interface Metrics {
  /** Adds to a counter. */
  add(name: FamilyName, value: number, labels?: Labels): void;
  /** Sets a gauge. */
  set(name: FamilyName, value: number, labels?: Labels): void;
  /** Puts a value into a histogram. */
  observe(name: FamilyName, value: number, labels?: Labels): void;
  /** Everything, in the text format of Prometheus, the process's own figures included. */
  text(): Promise<string>;
  /** Of {@link text}. */
  readonly contentType: string;
}

const PREFIX = 'minotaur_';

/** @throws {MinotaurError} of kind `config` where prom-client is not installed */
export async function createMetrics(): Promise<Metrics> {
  const need = { where: 'the service', what: 'counts' };
  const { Counter, Gauge, Histogram, Registry, collectDefaultMetrics } = await loadOptional(
    'prom-client',
    () => import('prom-client'),
    need,
  );
  const registry = new Registry();
  collectDefaultMetrics({ register: registry });
  const counters = new Map<FamilyName, InstanceType<typeof Counter>>();
  const gauges = new Map<FamilyName, InstanceType<typeof Gauge>>();
  const histograms = new Map<FamilyName, InstanceType<typeof Histogram>>();
  for (const [key, { type, help, labels, buckets }] of Object.entries<Family>(FAMILIES)) {
    const name = key as FamilyName;
    const settings = { name: PREFIX + name, help, labelNames: labels, registers: [registry] };
    if (type === 'counter') counters.set(name, new Counter(settings));
    else if (type === 'gauge') {
      const gauge = new Gauge(settings);
      // What nobody has set is not 0: it is not there.
      if (labels.length === 0) gauge.remove();
      gauges.set(name, gauge);
    } else histograms.set(name, new Histogram({ ...settings, buckets: [...buckets] }));
  }
  return {
    add: (name, value, labels = {}) => counters.get(name)?.inc(labels, value),
    set: (name, value, labels = {}) => gauges.get(name)?.set(labels, value),
    observe: (name, value, labels = {}) => histograms.get(name)?.observe(labels, value),
    text: () => registry.metrics(),
    contentType: registry.contentType,
  };
}
