/** Who leads, as each broker has it: one that is cut off from the others, and still reached, goes on saying that it does. */
import type { BaseOptions, Consumer, Producer } from '@platformatic/kafka';
import { wordsOf, type KafkaClient } from './client.ts';

/** Milliseconds between questions to all brokers. */
const LOOK_MS = 2000;

/** Looks in a row in which nobody names a broker, before its clients and connections are closed: half a minute. */
const GONE_LOOKS = 15;

/** Clients that go by what one broker says, as long as it answers. */
interface View {
  /** A broker answers one question of a connection after the other, and one for messages may stay open for a while. */
  readonly asker: Consumer;
  readonly fetcher: Consumer;
  readonly producer: Producer;
  /** Looks in a row that did not name its broker. */
  unnamed: number;
}

/** One view of each broker. */
export interface Views {
  /** Of the broker that knows most. */
  now(): View;
  /** `host:port` of every broker that is known, that of {@link now} first. */
  addresses(): string[];
  /** Leaders of this topic matter from now on. */
  use(topic: string): void;
  /** Asks every broker, where nobody is asking; who has waited goes by {@link now} when it tries again. */
  look(): void;
  close(): View[];
}

export interface ViewsOptions {
  readonly kafka: KafkaClient;
  readonly base: BaseOptions & { readonly bootstrapBrokers: string[] };
  readonly onTrouble: (words: string) => void;
}

type Metadata = Awaited<ReturnType<Consumer['metadata']>>;

/** Views of the brokers that are found on the way; the first is of the first that answers of those that are named. */
export function createViews({ kafka, base, onTrouble }: ViewsOptions): Views {
  const topics = new Set<string>();
  const views = new Map<string, View>();
  const [first] = base.bootstrapBrokers;
  let isLooking = false;
  let closed = false;

  function viewOf(address: string): View {
    const view = openView(address, { kafka, base, onTrouble });
    views.set(address, view);
    return view;
  }
  let current = viewOf(first);
  const nameOf = (view: View): string => [...views].find(([, one]) => one === view)?.[0] ?? '';

  async function ask(): Promise<void> {
    const list = [...topics];
    const { brokers } = await current.asker.metadata({ topics: list });
    if (closed || (brokers.size < 2 && views.size < 2)) return;
    for (const address of [...brokers.values()].map(addressOf)) if (!views.has(address)) viewOf(address);
    const known = new Map<View, number>();
    const said = new Map<View, Metadata>();
    const heard = (view: View, metadata?: Metadata): void => {
      if (metadata !== undefined) said.set(view, metadata);
      known.set(view, metadata === undefined ? -1 : knowledgeOf(metadata));
      const own = known.get(current);
      // It may be slow, and still know most.
      if (own === undefined || closed) return;
      const [best, most] = [...known].reduce((a, b) => (b[1] > a[1] ? b : a));
      if (most <= own) return;
      current = best;
      onTrouble(`who leads is asked of ${nameOf(best)} from now on`);
    };
    const asked = [...views.values()].map((view) =>
      view.asker.metadata({ topics: list, forceUpdate: true }).then(
        (metadata) => heard(view, metadata),
        () => heard(view),
      ),
    );
    await Promise.all(asked);
    const newest = said.get(current);
    if (newest !== undefined && !closed) forget(new Set([...newest.brokers.values()].map(addressOf)));
  }

  /** Closes what is open to brokers that have not been named for long. */
  function forget(named: ReadonlySet<string>): void {
    for (const [address, view] of views) {
      view.unnamed = named.has(address) || view === current ? 0 : view.unnamed + 1;
      if (view.unnamed < GONE_LOOKS) continue;
      views.delete(address);
      for (const client of clientsOf(view)) void client.close(true).catch(() => {});
      for (const other of views.values()) disconnect(other, address);
    }
  }

  function look(): void {
    if (isLooking || closed || topics.size === 0) return;
    isLooking = true;
    void ask()
      // Whoever reads or writes finds the same, and says so.
      .catch(() => {})
      .finally(() => (isLooking = false));
  }
  const timer = setInterval(look, LOOK_MS).unref();

  return {
    now: () => current,
    addresses: () => [...new Set([nameOf(current), ...views.keys(), ...base.bootstrapBrokers])],
    use: (topic) => void topics.add(topic),
    look,
    close() {
      closed = true;
      clearInterval(timer);
      return [...views.values()];
    },
  };
}

function openView(address: string, { kafka, base, onTrouble }: ViewsOptions): View {
  const others = base.bootstrapBrokers.filter((other) => other !== address);
  const own = { ...base, bootstrapBrokers: [address, ...others] };
  const [asker, fetcher] = [0, 1].map(() => new kafka.Consumer({ ...own, groupId: 'none' }));
  const view = { asker, fetcher, producer: new kafka.Producer(own), unnamed: 0 };
  for (const client of clientsOf(view)) client.on('error', (error: Error) => onTrouble(wordsOf(error)));
  return view;
}

/** Closes what clients have open to a broker. */
function disconnect(view: View, address: string): void {
  for (const client of clientsOf(view))
    for (const [to, connection] of client.connections) if (to === address) void connection.close().catch(() => {});
}

const addressOf = ({ host, port }: { readonly host: string; readonly port: number }): string => `${host}:${port}`;
const clientsOf = ({ asker, fetcher, producer }: View) => [asker, fetcher, producer] as const;

/** How many elections a broker knows of: a partition's leaders are numbered, and nobody forgets one. */
function knowledgeOf({ topics }: Pick<Metadata, 'topics'>): number {
  let sum = 0;
  for (const { partitions } of topics.values()) for (const { leaderEpoch } of partitions) sum += leaderEpoch;
  return sum;
}
