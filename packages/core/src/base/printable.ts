/** Text from files and errors, as a terminal may have it. */

/** Characters at most: a file that is no text may have lines of any length. */
const LONGEST = 1000;

/** Without control characters, lines apart, and those that turn the direction: they would move the cursor, or show another text. */
export function printable(text: string): string {
  const cut = text.length > LONGEST ? `${text.slice(0, LONGEST)}...` : text;
  // eslint-disable-next-line no-control-regex -- control characters are what is looked for
  return cut.replace(/[\u0000-\u0009\u000b-\u001f\u007f-\u009f\u200e\u200f\u2028-\u202e\u2066-\u2069\ufffd]/g, '·');
}

/** The same in one line. */
export function oneLine(text: string): string {
  return printable(text).replaceAll('\n', '·');
}
