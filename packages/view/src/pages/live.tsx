/** The page of a live service: what it is doing, as it does it. A server sends its three files; nothing of it stands in the page itself. */
import { renderToStaticMarkup } from 'preact-render-to-string';
import script from 'client:live';
import theme from 'client:theme';
import style from '../style/live.css';

/** What a server has to send, and by which names the page asks for it. */
export interface LivePage {
  readonly html: string;
  /** `/live.css`. */
  readonly style: string;
  /** `/live.js`. */
  readonly script: string;
  /** Of the header `Content-Security-Policy`: nothing is run or read that is not of this server. */
  readonly policy: string;
}

const POLICY = [
  "default-src 'none'",
  "script-src 'self'",
  "style-src 'self'",
  "connect-src 'self'",
  'img-src data:',
  "base-uri 'none'",
  "form-action 'none'",
  "frame-ancestors 'none'",
].join('; ');

function Page() {
  return (
    <html lang="en">
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <title>Minotaur live</title>
        <link rel="icon" href="data:," />
        <link rel="stylesheet" href="/live.css" />
      </head>
      <body>
        <main>
          <header>
            <h1>Minotaur live</h1>
            <button class="theme" type="button">
              Light / dark
            </button>
          </header>
          <div id="live" />
          <noscript>
            <p>This page needs scripts. /v1/status says the same in short.</p>
          </noscript>
        </main>
        <script src="/live.js" />
      </body>
    </html>
  );
}

export function renderLivePage(): LivePage {
  return {
    html: `<!doctype html>\n${renderToStaticMarkup(<Page />)}\n`,
    style,
    script: `${theme}${script}`,
    policy: POLICY,
  };
}
