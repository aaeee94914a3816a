/** `npm test` takes a part of what `npm run test:long` takes whole: long files, millions of rows. */
export const whole = process.env['MINOTAUR_FULL'] !== undefined;
