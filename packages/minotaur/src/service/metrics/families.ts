/** What is counted and measured of a service. Names and labels stay what they are: dashboards and alerts are made of them. */

/** One metric. */
export interface Family {
  readonly type: 'counter' | 'gauge' | 'histogram';
  readonly help: string;
  readonly labels: readonly string[];
  /** Upper ends, of histograms. */
  readonly buckets: readonly number[];
}

const OF_VENUE = ['venue', 'symbol'] as const;
const LATENCY = [0.0001, 0.00025, 0.0005, 0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5];
/** A receiver's clock may be behind the venue's. */
const TRANSIT = [-1, -0.5, -0.1, -0.01, 0, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 60];

const counter = (help: string, ...labels: string[]): Family => ({ type: 'counter', help, labels, buckets: [] });
const gauge = (help: string, ...labels: string[]): Family => ({ type: 'gauge', help, labels, buckets: [] });
const histogram = (help: string, buckets: readonly number[], ...labels: string[]): Family => {
  return { type: 'histogram', help, labels, buckets };
};

/** By name, without the `minotaur_` that all of them begin with. */
export const FAMILIES = {
  trades_received_total: counter('Trades received', ...OF_VENUE, 'origin'),
  trades_dropped_total: counter('Trades that were not used', ...OF_VENUE, 'reason'),
  held_trades: gauge('Trades of the stream that are held while history is gathered', ...OF_VENUE),
  holes_total: counter('Holes, by how they ended', ...OF_VENUE, 'kind'),
  hole_open: gauge('1 while a hole is open', ...OF_VENUE),
  hole_open_seconds: gauge('Age of the hole that is open, 0 where none is', ...OF_VENUE),
  repaired_trades_total: counter('Trades of holes that were fetched', ...OF_VENUE),
  reconnects_total: counter('Connections that were made anew', ...OF_VENUE, 'cause'),
  connected: gauge('1 while connected', ...OF_VENUE),
  last_trade_timestamp_seconds: gauge('Time of the newest trade, by the venue', ...OF_VENUE),
  exchange_to_receive_seconds: histogram(
    'From the newest trade of a message at the venue to its arrival',
    TRANSIT,
    ...OF_VENUE,
  ),
  clock_offset_seconds: gauge('How far the clock here is ahead of the venue', ...OF_VENUE),
  receive_to_row_seconds: histogram('From the arrival of a message to the rows that it completed', LATENCY),
  prediction_seconds: histogram('From a row to its prediction', LATENCY),
  unpredicted_total: counter('Rows without a prediction: they are not ready, or the model gave none', 'by'),
  rows_total: counter('Rows published', 'ready'),
  ready: gauge('1 while the service is ready'),
  warmup_ratio: gauge('Bars of the warm-up that have closed, 0 to 1', 'clock'),
  journal_bytes_total: counter('Bytes written to the journal'),
  journal_sync_seconds: histogram('Forcing the journal to the disk', LATENCY),
  journal_free_bytes: gauge('Room on the disk of the journal'),
  snapshot_timestamp_seconds: gauge('When the newest snapshot was taken'),
  subscribers: gauge('Streams that are open'),
  subscriber_lag_rows: gauge('Rows that the slowest subscriber has not been sent'),
  subscribers_closed_total: counter('Streams that were closed by the service', 'reason'),
  rest_requests_total: counter(
    'Requests to the venue, by the status of the answer; none: there was none',
    'venue',
    'status',
  ),
  rest_weight_used_ratio: gauge(
    'Of what the venue allows at once, the share that is gone; above 1: requests wait',
    'venue',
  ),
  shadow_ok: gauge('1 where the last comparison with history found the same bits'),
  bus_up: gauge('1 while the bus takes what is recorded, where there is one'),
  bus_behind_bytes: gauge('Bytes of the journal that the bus has not got'),
  bus_events_total: counter('Events written to the bus'),
  webhooks_total: counter('Alarms that were to be posted, by what became of them', 'outcome'),
  build_info: gauge('1', 'version', 'schema', 'artefact'),
} as const satisfies Readonly<Record<string, Family>>;

/** Of one of them. */
export type FamilyName = keyof typeof FAMILIES;
