/** Networks that part while trades come: nobody is told, packets go nowhere, and after a while the network is whole again. */
import { setTimeout } from 'node:timers/promises';
import { startBrokers } from './brokers.ts';
import { addressOn, createNetwork, onNode, type Network, type Wire } from './network.ts';
import { runTrial, type TrialOptions, type TrialReport } from './trial.ts';

const BROKERS = 3;
const WORKERS = 2;

/** Who is cut off, and on which wires. */
export interface Cut {
  readonly kind: string;
  readonly nodes: readonly number[];
  readonly wires: readonly Wire[];
}

const broker = [1, 2, 3];

/** Every way in which the network is parted here. */
export const CUTS: readonly Cut[] = [
  { kind: 'a worker from all brokers', nodes: [BROKERS + 1], wires: ['clients'] },
  // Its clients reach it still, and it does not know that another leads.
  ...broker.map((id): Cut => ({ kind: 'a broker from the others', nodes: [id], wires: ['inner'] })),
  ...broker.map((id): Cut => ({ kind: 'a broker from everybody', nodes: [id], wires: ['inner', 'clients'] })),
  { kind: 'all clients from all brokers', nodes: broker, wires: ['clients'] },
  { kind: 'all brokers from each other', nodes: broker, wires: ['inner'] },
];

export interface PartedOptions extends Omit<TrialOptions, 'brokers' | 'workers' | 'inside' | 'seconds' | 'name'> {
  /** Which of {@link CUTS}, one after the other. */
  readonly cuts: readonly number[];
  /** Of each, and of the whole network behind it. */
  readonly seconds: number;
}

/** In a sandbox. */
export async function runParted({ cuts, seconds, ...options }: PartedOptions): Promise<TrialReport> {
  const network = createNetwork({ brokers: BROKERS, workers: WORKERS });
  const brokers = await startBrokers(`${options.directory}/brokers`, BROKERS, 19_090, {
    HOST: addressOn('clients', '%'),
    INNER: addressOn('inner', '%'),
    INSIDE: onNode('%').join(' '),
  });
  const inside = Array.from({ length: WORKERS }, (_, w) => onNode(BROKERS + 1 + w));
  const trial = {
    ...options,
    name: 'parted',
    brokers,
    workers: WORKERS,
    inside,
    seconds: 3 * seconds * cuts.length + 20,
  };
  return runTrial(trial, async ({ fault }) => {
    await setTimeout(5000);
    for (const at of cuts) {
      const cut = CUTS[at];
      options.say?.(`${cut.kind}: ${cut.nodes.join(', ')}`);
      fault(cut.kind);
      each(network.cut, cut);
      await setTimeout(1000 * seconds);
      each(network.heal, cut);
      options.say?.('whole again');
      await setTimeout(1000 * seconds);
    }
  });
}

function each(work: Network['cut'], { nodes, wires }: Cut): void {
  for (const node of nodes) for (const wire of wires) work(node, wire);
}
