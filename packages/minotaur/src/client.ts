/**
 * A subscriber to a Minotaur service, for Node 22 and browsers, without dependencies: rows, predictions, bars and events, each
 * exactly once, over any number of connections.
 */
export { connect, StreamError } from './service/client/client.ts';
export type { ConnectOptions, Stream } from './service/client/client.ts';
export type {
  BarMessage,
  ClockColumns,
  EventMessage,
  Hello,
  Message,
  PredictionMessage,
  RowMessage,
  Speaker,
  Subject,
} from './service/protocol/messages.ts';
