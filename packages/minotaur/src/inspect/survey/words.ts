/** Figures as findings have them. */
export const number = (value: number): string =>
  value.toLocaleString(
    'en',
    Math.abs(value) >= 1 || value === 0 ? { maximumFractionDigits: 2 } : { maximumSignificantDigits: 3 },
  );

export const percent = (share: number): string => `${number(100 * share)} %`;
