/** The page that everything stands in: one file that needs nothing but itself. */
import type { ComponentChildren } from 'preact';
import { renderToStaticMarkup } from 'preact-render-to-string';
import theme from 'client:theme';

export interface PageProps {
  readonly title: string;
  readonly lead: string;
  /** The style sheet, as text. */
  readonly style: string;
  /** Scripts beside the one that every page has, as text, in order. */
  readonly scripts: readonly string[];
  /** Whether it asks the server that it came from; no other page asks anybody. */
  readonly asks?: boolean;
  readonly children: ComponentChildren;
}

/** Says to the browser what the page keeps to anyhow: nothing is fetched, from nowhere else. */
const POLICY = "default-src 'none'; style-src 'unsafe-inline'; script-src 'unsafe-inline'; img-src data:";

function Page({ title, lead, style, scripts, asks = false, children }: PageProps) {
  return (
    <html lang="en">
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <meta http-equiv="Content-Security-Policy" content={asks ? `${POLICY}; connect-src 'self'` : POLICY} />
        <title>{title}</title>
        <style dangerouslySetInnerHTML={{ __html: style }} />
      </head>
      <body>
        <main>
          <header>
            <h1>{title}</h1>
            <button class="theme" type="button">
              Light / dark
            </button>
          </header>
          <p class="soft lead">{lead}</p>
          {children}
        </main>
        {[theme, ...scripts].map((script) => (
          <script dangerouslySetInnerHTML={{ __html: script }} />
        ))}
      </body>
    </html>
  );
}

/** The page as a file. */
export function renderPage(props: PageProps): string {
  return `<!doctype html>\n${renderToStaticMarkup(<Page {...props} />)}\n`;
}
