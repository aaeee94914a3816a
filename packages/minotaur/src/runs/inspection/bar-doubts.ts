/** What casts doubt on bars that can be read: those that are missing, prices far from their neighbours, volumes of another unit. */
import type { GivenBar } from 'minotaur-core/internal/bars/given';
import { figure, percent } from 'minotaur-core/internal/base/figures';
import { medianOf } from 'minotaur-core/internal/numeric/quantile';
import type { Finding } from '../../inspect/survey/finding.ts';
import { createBarGaps, gapWords } from '../chain/bar-gaps.ts';

/** A high so many times open, close and the close before, or a low as little of them, is a mistake or a panic. */
const FAR = 3;
/** A bar that opens so far from where the one before closed. */
const STEP = 1.5;
/** Examples that are kept. */
const KEPT = 3;

export function createBarDoubts() {
  const gaps = createBarGaps();
  const volumes = createVolumes();
  const outliers = createExamples();
  const jumps = createExamples();
  let [rows, before] = [0, NaN];
  return {
    add(bar: GivenBar, place: () => string): void {
      const { open, high, low, close, volume } = bar;
      rows++;
      gaps.add(bar.open_time, place);
      volumes.add(volume, place);
      if (!(open > 0 && close > 0)) return;
      const isFar = high > FAR * Math.max(open, close) || FAR * low < Math.min(open, close);
      if (isFar) outliers.add(() => `${place()}: open ${open}, high ${high}, low ${low}, close ${close}`);
      if (open > STEP * before || STEP * open < before) jumps.add(() => `${place()}: from ${before} to ${open}`);
      before = close;
    },
    report(): Finding[] {
      const missing = gaps.report();
      const lacking =
        missing === undefined
          ? []
          : [
              note('gaps', `${gapWords(missing)} (${percent(missing.missing / (rows + missing.missing))})`, [
                missing.place,
              ]),
            ];
      const silent = gaps.silentDays();
      const days = `${figure(silent)} ${silent === 1 ? 'weekday' : 'weekdays'} without any bar: holidays?`;
      const volume = volumes.report();
      return [
        ...lacking,
        ...(silent === 0 ? [] : [note('silent', days, [])]),
        ...outliers.findings('outliers', 'bars whose high or low is three times as far as open and close'),
        ...jumps.findings(
          'jumps',
          'bars that open half as high again as the one before closed, or at two thirds of it',
        ),
        ...(volume === undefined ? [] : [note('volume', volume.text, [volume.place])]),
      ];
    },
  };
}

const note = (name: string, text: string, places: readonly string[]): Finding => ({
  name,
  kind: 'note',
  text,
  mend: null,
  places,
});

function createExamples() {
  let count = 0;
  const examples: string[] = [];
  return {
    add(example: () => string): void {
      if (count++ < KEPT) examples.push(example());
    },
    findings: (name: string, text: string): Finding[] =>
      count === 0 ? [] : [note(name, `${text}: ${figure(count)}`, examples)],
  };
}

/** Bars whose middle volume is one figure, and how many such make a unit. */
const PART = 50;
const PARTS = 3;
/** Volumes of a day and of a night, or of years, part less sharply. */
const UNIT = 10;

/** Another unit from some bar on: what all parts before have as the middle volume is far below all behind, or far above. */
function createVolumes() {
  const parts: { readonly middle: number; readonly place: string }[] = [];
  let part: number[] = [];
  let place = '';
  return {
    add(volume: number, at: () => string): void {
      if (!(volume > 0)) return;
      if (part.length === 0) place = at();
      part.push(volume);
      if (part.length < PART) return;
      parts.push({ middle: medianOf(Float64Array.from(part).sort()), place });
      part = [];
    },
    report(): { readonly text: string; readonly place: string } | undefined {
      const middles = parts.map(({ middle }) => middle);
      const lowest = running(middles.toReversed(), Math.min).toReversed();
      const highest = running(middles.toReversed(), Math.max).toReversed();
      const [low, high] = [running(middles, Math.min), running(middles, Math.max)];
      for (let i = PARTS; i <= middles.length - PARTS; i++) {
        if (lowest[i] < UNIT * high[i - 1] && UNIT * highest[i] > low[i - 1]) continue;
        const text = `volumes are of another order from some bar on, before ${figure(middles[i - 1])} and behind it ${figure(middles[i])} typically: were they counted in another unit?`;
        return { text, place: parts[i].place };
      }
      return undefined;
    },
  };
}

const running = (values: readonly number[], of: (a: number, b: number) => number): number[] => {
  let so = values[0];
  return values.map((value) => (so = of(so, value)));
};
