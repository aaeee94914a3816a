/** What every command of a bus begins with. */
import { callback, textual, type Optional } from 'minotaur-core/internal/base/options';
import { abortSignal } from '../course/options.ts';
import { openKafkaLog } from '../../bus/kafka/kafka-log.ts';
import { loadBusSettings, parseBusAddress, type BusAddress, type BusSettings } from '../../bus/kafka/address.ts';
import type { Log } from '../../bus/log/contract.ts';
import { topicsOf } from '../../bus/log/topics.ts';
import type { TopicName } from '../../bus/recovery/contract.ts';

/** What every command of a bus takes. */
export interface BusOptions {
  /** `kafka://HOST:PORT/NAME`. */
  readonly bus: string;
  /** File of settings: TLS, SASL, topics. */
  readonly settings?: string | undefined;
  /** Told, in a line, of what passes: a broker that does not answer. */
  readonly onNote?: ((words: string) => void) | undefined;
  /** Ends the wait for brokers that do not answer. */
  readonly signal?: AbortSignal | undefined;
}

/** What of it a command can do without. */
export const BUS: Optional<BusOptions> = { settings: textual, onNote: callback, signal: abortSignal };

/** A bus whose address and settings have been read. */
export interface NamedBus {
  readonly address: BusAddress;
  readonly settings: BusSettings;
  /** Real names; those of rows are of the schema. */
  readonly topics: Readonly<Record<TopicName, string>>;
}

export async function nameBus(
  { bus, settings: file }: BusOptions,
  schemaId?: string,
  predictingId?: string,
): Promise<NamedBus> {
  const address = parseBusAddress(bus);
  return { address, settings: await loadBusSettings(file), topics: topicsOf(address.prefix, schemaId, predictingId) };
}

/** Opens the log, hands it to `work`, and closes it whatever comes of that. */
export async function withLog<T>(
  named: NamedBus,
  { onNote, signal }: BusOptions,
  work: (log: Log) => Promise<T>,
): Promise<T> {
  const log = await openKafkaLog({ ...named, onTrouble: onNote, stop: signal });
  try {
    return await work(log);
  } finally {
    await log.close();
  }
}
