/** Lists of names as they are written: `--columns a,b`. */

/** Names between commas; those within brackets are part of a name: `ema(close, 12),rsi`. */
export function listed(text: string): string[] {
  const parts: string[] = [];
  let [from, depth] = [0, 0];
  for (let at = 0; at < text.length; at++) {
    if (text[at] === '(') depth++;
    if (text[at] === ')') depth = Math.max(0, depth - 1);
    if (text[at] !== ',' || depth > 0) continue;
    parts.push(text.slice(from, at));
    from = at + 1;
  }
  return [...parts, text.slice(from)].map((part) => part.trim());
}

/** Whether `name` comes out of a list as it was put in, and out of a pair `a=b`. */
export function canBeListed(name: string): boolean {
  const [first, ...others] = listed(`${name},x`);
  return name !== '' && !name.includes('=') && first === name && others.length === 1;
}
