// .NET time spans, as host.json writes durations.

const daysHoursMinutesSeconds = /^(?:(\d+)\.)?(\d{1,2}):(\d{1,2})(?::(\d{1,2})(?:\.(\d{1,7}))?)?$/;

/**
 * Reads `hh:mm`, `hh:mm:ss`, `hh:mm:ss.fffffff` or `d.hh:mm:ss`, with hours below 24 and minutes and seconds below 60.
 * @returns milliseconds, or `null` when the text is not a time span.
 * @see https://learn.microsoft.com/dotnet/api/system.timespan.parse
 */
export function parseTimeSpan(text: string): number | null {
  const match = daysHoursMinutesSeconds.exec(text.trim());
  if (match === null) {
    return null;
  }
  const [, days = '0', hours = '0', minutes = '0', seconds = '0', fraction = '0'] = match;
  if (Number(hours) > 23 || Number(minutes) > 59 || Number(seconds) > 59) {
    return null;
  }
  const wholeSeconds = ((Number(days) * 24 + Number(hours)) * 60 + Number(minutes)) * 60 + Number(seconds);
  return wholeSeconds * 1000 + Math.round(Number(`0.${fraction}`) * 1000);
}
