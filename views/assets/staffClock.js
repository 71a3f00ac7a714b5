/*
 * The desk's clock on a page that stays open. It is the server's, carried on: a computer that is wrong, or in another
 * zone, moves nothing. Times are texts on the desk's clock, as in the markup: "09:30", and "24:00" is the day's end.
 */
const board = document.querySelector('.board');
const loadedAt = performance.now();
const [today, loadedTime] = board.dataset.now.split('T');
const MINUTE_MS = 60_000;

/** "09:30" of minutes since midnight. */
export function clock(minutes) {
  return `${String(Math.floor(minutes / 60)).padStart(2, '0')}:${String(minutes % 60).padStart(2, '0')}`;
}

/** Minutes since midnight of "09:30". */
export function minutes(time) {
  return Number(time.slice(0, 2)) * 60 + Number(time.slice(3, 5));
}

/** The minutes since midnight at the desk on the day on which the page was loaded; they go on after 24:00. */
export function minutesNow() {
  return minutes(loadedTime) + Math.floor((performance.now() - loadedAt) / MINUTE_MS);
}

/** Whether the lane is of the day on which the page was loaded. */
export function isToday(date) {
  return date === today;
}

/** Runs the function now, and as often as a minute begins. */
export function eachMinute(run) {
  let last = -1;
  const look = () => {
    const now = minutesNow();
    if (now === last) return;
    last = now;
    run(now);
  };
  setInterval(look, 5_000);
  look();
}
