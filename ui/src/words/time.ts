// Times as people say them. Exact times follow the system's language; the sentences around them are English.

const SECOND = 1000;
const MINUTE = 60 * SECOND;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

const plural = (count: number, word: string): string => `${count} ${word}${count === 1 ? "" : "s"}`;

/** How long ago something was: "just now", "4 minutes ago", "yesterday", "3 March". */
export function ago(at: string, now: number): string {
  const passed = now - Date.parse(at);
  if (Number.isNaN(passed)) return "";
  if (passed < 5 * SECOND) return "just now";
  if (passed < MINUTE) return `${plural(Math.floor(passed / SECOND), "second")} ago`;
  if (passed < HOUR) return `${plural(Math.floor(passed / MINUTE), "minute")} ago`;
  const days = daysBetween(new Date(at), new Date(now));
  if (passed < DAY && days === 0) return `${plural(Math.floor(passed / HOUR), "hour")} ago`;
  if (days <= 1) return "yesterday";
  if (days < 7) return `${days} days ago`;
  return day(at, now);
}

/** The same where there is little room: "just now", "4 min ago", "3 h ago", "yesterday". */
export function shortAgo(at: string, now: number): string {
  if (now - Date.parse(at) < MINUTE) return "just now";
  return ago(at, now).replace(/ minutes?/, "\u00a0min").replace(/ hours?/, "\u00a0h");
}

/** How long until something: "in 11 minutes", "in a moment". */
export function until(at: string, now: number): string {
  const left = Date.parse(at) - now;
  if (Number.isNaN(left)) return "";
  if (left < 5 * SECOND) return "in a moment";
  if (left < MINUTE) return `in ${plural(Math.ceil(left / SECOND), "second")}`;
  if (left < HOUR) return `in ${plural(Math.round(left / MINUTE), "minute")}`;
  if (left < DAY) return `in ${plural(Math.round(left / HOUR), "hour")}`;
  return `in ${plural(Math.round(left / DAY), "day")}`;
}

/** The exact time, for a tooltip. */
export function exact(at: string): string {
  const date = new Date(at);
  if (Number.isNaN(date.getTime())) return "";
  return date.toLocaleString(undefined, { dateStyle: "full", timeStyle: "medium" });
}

/** A moment in a list: "Today 14:20", "Yesterday 09:05", "3 March, 16:40". */
export function moment(at: string, now: number): string {
  const date = new Date(at);
  if (Number.isNaN(date.getTime())) return "";
  const clock = date.toLocaleTimeString(undefined, { hour: "numeric", minute: "2-digit" });
  const days = daysBetween(date, new Date(now));
  if (days === 0) return `Today ${clock}`;
  if (days === 1) return `Yesterday ${clock}`;
  return `${day(at, now)}, ${clock}`;
}

/** A moment inside a sentence: "today 14:20". */
export function within(at: string, now: number): string {
  return moment(at, now).replace(/^(Today|Yesterday)/, (word) => word.toLowerCase());
}

/** A length of time: "0.4 s", "6 s", "2 min", "1 h 5 min". */
export function duration(milliseconds: number): string {
  if (milliseconds < SECOND) return `${Math.max(0.1, Math.round(milliseconds / 100) / 10)}\u00a0s`;
  const seconds = Math.round(milliseconds / SECOND);
  if (seconds < 60) return `${seconds}\u00a0s`;
  const minutes = Math.round(seconds / 60);
  if (minutes < 60) return `${minutes}\u00a0min`;
  const rest = minutes % 60;
  return rest === 0 ? `${minutes / 60}\u00a0h` : `${Math.floor(minutes / 60)}\u00a0h ${rest}\u00a0min`;
}

/** About how long something will take, in a sentence: "about 20 seconds", "about 3 minutes". */
export function about(seconds: number): string {
  if (seconds < 8) return "a few seconds";
  if (seconds < 50) return `about ${Math.ceil(seconds / 5) * 5} seconds`;
  if (seconds < 90) return "about a minute";
  if (seconds < 90 * 60) return `about ${Math.round(seconds / 60)} minutes`;
  return `about ${Math.round(seconds / 3600)} hours`;
}

/** Seconds counted up, as on a stop-watch: "0:42". */
export function counted(seconds: number): string {
  const whole = Math.max(0, Math.floor(seconds));
  return `${Math.floor(whole / 60)}:${String(whole % 60).padStart(2, "0")}`;
}

function day(at: string, now: number): string {
  const date = new Date(at);
  const sameYear = date.getFullYear() === new Date(now).getFullYear();
  const year = sameYear ? {} : ({ year: "numeric" } as const);
  return date.toLocaleDateString(undefined, { day: "numeric", month: "long", ...year });
}

function daysBetween(earlier: Date, later: Date): number {
  const start = new Date(earlier.getFullYear(), earlier.getMonth(), earlier.getDate()).getTime();
  const end = new Date(later.getFullYear(), later.getMonth(), later.getDate()).getTime();
  return Math.round((end - start) / DAY);
}
