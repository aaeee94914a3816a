/** What this process has taken. */

/** The most memory that the process ever held, bytes. */
export function peakRssBytes(): number {
  return process.resourceUsage().maxRSS * 1024;
}
