/** What the build puts in place of an import: text, ready to stand in a page. See scripts/build-view.ts. */

/** A style sheet with all that it imports, minified. */
declare module '*.css' {
  const text: string;
  export default text;
}

/** `client:NAME`: the script `src/client/NAME` with all that it imports, minified. */
declare module 'client:*' {
  const text: string;
  export default text;
}
