/*
 * Hears of the changes at the desk, and dispatches them on the document for the page to use:
 *
 *   sprechstunde:booking   detail { id, version, day, advisor, from?: { day, advisor } }
 *   sprechstunde:held      detail { advisor }
 *   sprechstunde:hours, sprechstunde:task, sprechstunde:queue
 *   sprechstunde:reset     something may have been missed: read everything anew
 *
 * When the connection is cut, a bar says as of when the page is. A page that nobody sees has no connection, because
 * browsers have few for a site; it catches up when it is seen again.
 */
const NAMES = ['booking', 'held', 'hours', 'task', 'queue', 'reset'];
/** A shorter cut is no news. */
const CUT_AFTER_MS = 3_000;
/** The server beats every 20 s. A connection on which nothing comes for so long is one that broke unnoticed. */
const SILENT_AFTER_MS = 45_000;
const FIRST_WAIT_MS = 1_000;
const LONGEST_WAIT_MS = 15_000;

const bar = document.querySelector('.live');
const { events, zone, now, cut } = bar.dataset;
const clock = new Intl.DateTimeFormat('de', { hour: '2-digit', minute: '2-digit', timeZone: zone });
const loadedAt = performance.now();

let after = bar.dataset.after;
let heardAt = loadedAt;
let wait = FIRST_WAIT_MS;
let source;
let again;
let silence;
let saying;

document.addEventListener('visibilitychange', () => (document.hidden ? leave() : connect()));
if (!document.hidden) connect();

function connect() {
  disconnect();
  sayIfLong();
  source = new EventSource(`${events}?${new URLSearchParams({ after })}`);
  source.onopen = heard;
  source.onerror = lost;
  source.addEventListener('alive', note);
  for (const name of NAMES)
    source.addEventListener(name, (event) => {
      note(event);
      document.dispatchEvent(new CustomEvent(`sprechstunde:${name}`, { detail: JSON.parse(event.data) }));
    });
}

function disconnect() {
  source?.close();
  clearTimeout(again);
  clearTimeout(silence);
}

function leave() {
  disconnect();
  sayNothing();
}

function note(event) {
  after = event.lastEventId;
  heard();
}

function heard() {
  heardAt = performance.now();
  wait = FIRST_WAIT_MS;
  sayNothing();
  clearTimeout(silence);
  silence = setTimeout(lost, SILENT_AFTER_MS);
}

/** Connects again in a while: not by the browser itself, which gives up where a proxy answers 503 meanwhile. */
function lost() {
  disconnect();
  sayIfLong();
  // Not all at once after the program was started again.
  again = setTimeout(connect, wait * (0.5 + Math.random()));
  wait = Math.min(2 * wait, LONGEST_WAIT_MS);
}

/** Says that the connection is cut, unless something is heard soon. */
function sayIfLong() {
  saying ??= setTimeout(() => {
    bar.textContent = cut.replace('{time}', clock.format(Number(now) + heardAt - loadedAt));
  }, CUT_AFTER_MS);
}

function sayNothing() {
  clearTimeout(saying);
  saying = undefined;
  bar.textContent = '';
}
