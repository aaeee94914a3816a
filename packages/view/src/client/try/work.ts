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
  /** The newest, how it can be asked, and a number that no other has. */
  readonly built?: (BuiltTrades & { readonly source: Source; readonly serial: number }) | undefined;
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

/** What is done in one go: what it leaves, and what it says that it does. */
interface Steps {
  readonly leave: (by: Partial<Work>) => void;
  readonly say: (step: string) => void;
}

/** The steps, each of which shows how far it is and leaves what came of it, or what is wrong. */
export function useWork(): Doing {
  const [work, set] = useState<Work>(EMPTY);
  const remote = useRef<Remote | undefined>(undefined);
  // What is begun ends what was: of that nothing is shown any more.
  const turn = useRef(0);
  useEffect(() => void loadWorker().catch(() => undefined), []);
  const onProgress = (progress: Progress): void =>
    set((now) => (now.busy === undefined ? now : { ...now, busy: { ...now.busy, ...progress } }));
  const begin = async (steps: (by: Steps) => Promise<void>): Promise<void> => {
    const own = ++turn.current;
    const leave = (by: Partial<Work>): void => {
      if (turn.current === own) set((now) => ({ ...now, ...by }));
    };
    leave({ trouble: undefined });
    const say = (step: string): void => leave({ busy: { step, share: 0, trades: 0 } });
    await steps({ leave, say }).catch((error: unknown) => leave({ trouble: toldOf(error) }));
    leave({ busy: undefined });
  };
  const build = async (of: Remote, config: string, { leave, say }: Steps): Promise<void> => {
    say('Computing');
    const built = await of.call('build', config);
    leave({ built: { ...built, source: sourceOf(of), serial: turn.current } });
  };
  const find = async (of: Remote, asked: Promise<FoundTrades>, steps: Steps): Promise<void> => {
    const found = await asked;
    steps.leave({ found, config: found.config });
    await build(of, found.config, steps);
  };
  const end = (): void => {
    remote.current?.end();
    remote.current = undefined;
  };
  return {
    work,
    open(trades, name) {
      end();
      set({ ...EMPTY, name });
      void begin(async (steps) => {
        steps.say('Reading');
        const own = turn.current;
        const of = await startRemote(onProgress);
        if (own !== turn.current) return of.end();
        remote.current = of;
        return find(of, of.call('open', trades, ''), steps);
      });
    },
    compute: () =>
      void begin(async (steps) => {
        const of = remote.current as Remote;
        if (work.found !== undefined) return build(of, work.config, steps);
        steps.say('Reading');
        return find(of, of.call('read', work.config), steps);
      }),
    edit: (config) => set((now) => ({ ...now, config })),
    change: (by) =>
      void begin(async (steps) => {
        const of = remote.current as Remote;
        steps.say('Checking');
        const config = await of.call('change', work.config, by);
        steps.leave({ config });
        return build(of, config, steps);
      }),
    rows: () => (remote.current as Remote).call('rows'),
    stop() {
      turn.current++;
      end();
      set(EMPTY);
    },
    refuse: (trouble) => set((now) => ({ ...now, trouble })),
  };
}
