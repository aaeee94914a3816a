export interface BannerProps {
  readonly kind: 'good' | 'bad' | 'neutral';
  /** In one or a few words. */
  readonly word: string;
  readonly text: string;
}

/** The answer, first on a page. */
export function Banner({ kind, word, text }: BannerProps) {
  return (
    <div class={kind === 'good' ? 'verdict' : `verdict ${kind}`}>
      <b>{word}</b>
      <span>{text}</span>
    </div>
  );
}
