/** Given bars as other bars: later, or of other prices. */
import { sin } from 'minotaur-core/internal/base/elementary/index';
import { availableAtOf, type GivenBar } from 'minotaur-core/internal/bars/given';

/** The same bar so many microseconds later. */
export function moveBar(bar: GivenBar, micros: number): GivenBar {
  const { open_time: opened, close_time: closed, available_at: available } = bar;
  return {
    ...bar,
    open_time: opened + micros,
    close_time: closed + micros,
    ...(available === undefined ? {} : { available_at: available + micros }),
  };
}

/** Another bar in place of one, the event `index` of its stretch, known at `time` where that is said. */
export function garbleBar(bar: GivenBar, index: number, variant: number, time = availableAtOf(bar)): GivenBar {
  const wild = 1 + 0.25 * sin(index * 12.9898 + variant);
  const scaled = { open: bar.open * wild, high: bar.high * wild, low: bar.low * wild, close: bar.close * wild };
  const later = time > availableAtOf(bar) ? { available_at: time } : {};
  return { ...bar, ...scaled, volume: bar.volume * (1 + (index % 5)), ...later };
}
