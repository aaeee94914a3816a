/** A network on this machine: every node in a namespace of its own, on two wires that can be cut. In {@link SANDBOX} alone. */
import { spawnSync } from 'node:child_process';

/** What a process is started with that has networks, mounts and processes of its own: all of them end with it. */
export const SANDBOX = ['unshare', '--net', '--mount', '--pid', '--fork', '--kill-child', '--mount-proc'] as const;

/** That of clients, and that among brokers. */
export type Wire = 'clients' | 'inner';

const WIRES = { clients: '10.77.0', inner: '10.77.1' } as const satisfies Record<Wire, string>;
/** This process's own place on the wire of clients. */
const OWN = 254;

/** Why there is no sandbox here; undefined where there is. */
export function whyNoSandbox(): string | undefined {
  const make = 'ip link add veth1 type veth peer name veth2 && mount -t tmpfs none /mnt';
  const { status, stderr, error } = spawnSync(SANDBOX[0], [...SANDBOX.slice(1), 'sh', '-c', make], {
    encoding: 'utf8',
  });
  return status === 0 ? undefined : `no namespaces: ${(error?.message ?? stderr).trim().split('\n')[0]}`;
}

function ip(...args: readonly string[]): void {
  const { status, stderr, error } = spawnSync('ip', args, { encoding: 'utf8' });
  if (status !== 0) throw new Error(`ip ${args.join(' ')}: ${error?.message ?? stderr.trim()}`);
}

export interface Network {
  /** From now on what it sends on this wire goes nowhere, and nothing comes: nobody is told. */
  cut(node: number, wire: Wire): void;
  heal(node: number, wire: Wire): void;
}

/** What runs a command on a node. */
export const onNode = (node: number | '%'): string[] => ['ip', 'netns', 'exec', `n${node}`];
export const addressOn = (wire: Wire, node: number | '%'): string => `${WIRES[wire]}.${node}`;

/** Nodes from 1 on: brokers on both wires, then workers on that of clients, where this process is too. */
export function createNetwork({ brokers, workers }: { brokers: number; workers: number }): Network {
  spawnSync('sh', ['-c', 'mkdir -p /run/netns && mount -t tmpfs none /run/netns']);
  ip('link', 'set', 'lo', 'up');
  for (const wire of ['clients', 'inner']) {
    ip('link', 'add', wire, 'type', 'bridge');
    ip('link', 'set', wire, 'up');
  }
  ip('address', 'add', `${WIRES.clients}.${OWN}/24`, 'dev', 'clients');
  for (let node = 1; node <= brokers + workers; node++) {
    ip('netns', 'add', `n${node}`);
    ip('-n', `n${node}`, 'link', 'set', 'lo', 'up');
    for (const wire of node <= brokers ? (['clients', 'inner'] as const) : (['clients'] as const)) {
      ip('link', 'add', `${wire}${node}`, 'type', 'veth', 'peer', 'name', wire, 'netns', `n${node}`);
      ip('link', 'set', `${wire}${node}`, 'master', wire, 'up');
      ip('-n', `n${node}`, 'address', 'add', `${WIRES[wire]}.${node}/24`, 'dev', wire);
      ip('-n', `n${node}`, 'link', 'set', wire, 'up');
    }
  }
  return {
    // The wire stays up at both ends: a switch that forwards nothing.
    cut: (node, wire) => ip('link', 'set', `${wire}${node}`, 'nomaster'),
    heal: (node, wire) => ip('link', 'set', `${wire}${node}`, 'master', wire),
  };
}
