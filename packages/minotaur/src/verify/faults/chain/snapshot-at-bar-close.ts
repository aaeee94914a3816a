import { fault, plantWrap } from '../fault.ts';

/** Snapshots are of the last closed bar; what came since is lost. */
export const snapshotAtBarClose = fault({
  name: 'snapshot-at-bar-close',
  imitates: 'checkpoints written when a bar closes',
  plant: plantWrap('both', (inner) => (sinks) => {
    const engine = inner({ ...sinks, onBars: (bars) => ((closed = true), sinks.onBars?.(bars)) });
    let closed = false;
    let checkpoint = engine.snapshot();
    return {
      ...engine,
      push(trades, facts) {
        engine.push(trades, facts);
        if (closed) checkpoint = engine.snapshot();
        closed = false;
      },
      snapshot: () => checkpoint,
      restore: (bytes) => engine.restore((checkpoint = Uint8Array.from(bytes))),
    };
  }),
});
