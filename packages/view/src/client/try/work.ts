/** What a visitor has done so far, and what is done next. */
import { useEffect, useRef, useState } from 'preact/hooks';
import type { BuiltTrades, ConfigChange, FoundTrades, Told } from '../../parts/try-data.ts';
import type { Source } from '../view/source.ts';
import { loadWorker, Refused, startRemote, type Progress, type Remote } from './remote.ts';

/** What is shown. */
export interface Work {
  /** Of the file; absent where none was handed over. */
  readonly name?: string | undefined;
  /** What is being done, and how far it is. */
  readonly busy?: (Progress & { readonly step: string }) | undefined;
  readonly trouble?: Told | undefined;
  readonly found?: FoundTrades | undefined;
  /** As it stands in the editor. */
  readonly config: string;
  /** The newest, how it can be asked, and how many there were before it. */
  readonly built?: (BuiltTrades & { readonly source: Source; readonly serial: number; readonly of: string }) | undefined;
}

export interface Doing {
  readonly work: Work;
  open(trades: File | number, name: string): void;
  /** Takes what stands in the editor. */
  compute(): void;
  edit(config: string): void;
  change(change: ConfigChange): void;
  rows(): Promise<Blob>;
  stop(): void;
  refuse(told: Told): void;
}

const EMPTY: Work = { config: '' };

function sourceOf(remote: Remote): Source {
  return {
    window: (request) => remote.call('window', request),
    distribution: (feature) => remote.call('distribution', feature),
    barAt: (clock, time) => remote.call('barAt', clock, time),
  };
}

function toldOf(error: unknown): Told {
  if (error instanceof Refused) return error.told;
  return { where: '', expected: '', found: error instanceof Error ? error.message : String(error) };
}

/** The steps, each of which shows how far it is and leaves what came of it, or what is wrong. */
export function useWork(): Doing {
  const [work, set] = useState<Work>(EMPTY);
  const remote = useRef<Remote | undefined>(undefined);
  const serial = useRef(0);
  useEffect(() => void loadWorker().catch(() => undefined), []);
  const change = (by: Partial<Work>): void => set((now) => ({ ...now, ...by }));
  const end = (): void => {
    remote.current?.end();
    remote.current = undefined;
  };
  const onProgress = (progress: Progress): void =>
    set((now) => (now.busy === undefined ? now : { ...now, busy: { ...now.busy, ...progress } }));
  const doing = async (step: string, work: () => Promise<Partial<Work>>): Promise<void> => {
    change({ busy: { step, share: 0, trades: 0 }, trouble: undefined });
    try {
      change(await work());
    } catch (error) {
      change({ trouble: toldOf(error) });
    }
    change({ busy: undefined });
  };
  const build = async (config: string): Promise<void> => {
    await doing('Computing', async () => {
      const of = remote.current as Remote;
      const built = await of.call('build', config);
      return { built: { ...built, source: sourceOf(of), serial: ++serial.current, of: config } };
    });
  };
  const find = async (ask: (of: Remote) => Promise<FoundTrades>): Promise<void> => {
    let config: string | undefined;
    await doing('Reading', async () => {
      const found = await ask((remote.current ??= await startRemote(onProgress)));
      ({ config } = found);
      return { found, config };
    });
    if (config !== undefined) await build(config);
  };
  return {
    work,
    open(trades, name) {
      end();
      set({ ...EMPTY, name });
      void find((of) => of.call('open', trades, ''));
    },
    compute: () => void (work.found === undefined ? find((of) => of.call('read', work.config)) : build(work.config)),
    edit: (config) => change({ config }),
    change: (by) =>
      void doing('Checking', async () => ({
        config: await (remote.current as Remote).call('change', work.config, by),
      })).then(() => set((now) => (now.trouble === undefined ? (void build(now.config), now) : now))),
    rows: () => (remote.current as Remote).call('rows'),
    stop() {
      end();
      set(EMPTY);
    },
    refuse: (trouble) => change({ trouble }),
  };
}
