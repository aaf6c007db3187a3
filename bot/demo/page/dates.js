// Dates and sizes as people in China read them, in the browser's own time zone.

const WEEKDAYS = "日一二三四五六";
const two = (number) => String(number).padStart(2, "0");

/** The local day of a unix time as YYYY-MM-DD. */
export function dayOf(seconds) {
  const date = new Date(seconds * 1000);
  return `${date.getFullYear()}-${two(date.getMonth() + 1)}-${two(date.getDate())}`;
}

/** 今天, 昨天, 11月23日 周一; with the year where it is not this year. */
export function dayLabel(day, now = Date.now()) {
  const [year, month, date] = day.split("-").map(Number);
  if (day === dayOf(now / 1000)) return "今天";
  const today = new Date(now);
  const yesterday = new Date(today.getFullYear(), today.getMonth(), today.getDate() - 1);
  if (day === dayOf(yesterday.getTime() / 1000)) return "昨天";
  const label = `${month}月${date}日 周${WEEKDAYS[new Date(year, month - 1, date).getDay()]}`;
  return year === today.getFullYear() ? label : `${year}年${label}`;
}

/** 08:45 of a unix time. */
export function timeLabel(seconds) {
  const date = new Date(seconds * 1000);
  return `${two(date.getHours())}:${two(date.getMinutes())}`;
}

/** The time today, else the short date: what a list of chats shows. */
export function shortLabel(seconds, now = Date.now()) {
  if (dayOf(seconds) === dayOf(now / 1000)) return timeLabel(seconds);
  const date = new Date(seconds * 1000);
  return `${date.getMonth() + 1}月${date.getDate()}日`;
}

/** 812 B, 36.4 KB, 2.1 MB. */
export function sizeLabel(bytes) {
  if (bytes < 1024) return `${bytes} B`;
  if (bytes < 1024 * 1024) return `${(bytes / 1024).toFixed(1)} KB`;
  return `${(bytes / 1024 / 1024).toFixed(1)} MB`;
}
