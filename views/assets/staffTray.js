/*
 * The tray: where the desk wants it, moves are collected here, looked at, and saved together. On the board the cards
 * stand at their new places already, marked as not saved. Each can be taken back alone, the last one by Control+Z, or
 * all at once.
 */
import { onRenewed, renewAll } from './staffParts.js';
import { post, say, show, takeBack, whatChanged } from './staffSend.js';

const tray = document.getElementById('tray');
const list = tray?.querySelector('.tray__lines');
/** By booking: move (what is sent), shown (what is said, and where), card, isMailed, isStale. The last one is the newest. */
let lines = new Map();

/** Whether moves are collected here. */
export const isCollecting = tray !== null;

/** The collected moves as a question for targets names them, but for that of the booking in the hand. */
export function plannedBeside(booking) {
  return [...lines.values()]
    .filter(({ move }) => move.booking !== booking)
    .map(({ move }) => [move.booking, move.start, move.advisor, ...(move.override ? ['override'] : [])].join(' '));
}

/** Puts the moves of a target into the tray. @param body the request @param shown what is said of each move, as JSON */
export async function collect({ body, shown }) {
  const told = JSON.parse(shown);
  const next = new Map(lines);
  for (const [i, move] of JSON.parse(body).moves.entries()) {
    const before = lines.get(move.booking);
    next.delete(move.booking);
    const { tell, reason } = before?.move ?? {};
    next.set(move.booking, {
      move: { ...(tell && { tell }), ...(reason && { reason }), ...move },
      shown: told[i],
      card: before?.card ?? document.getElementById(`card-${move.booking}`)?.cloneNode(true),
    });
  }
  const { refused } = await check(next);
  if (refused.size > 0) return say(tray.dataset.failed);
  lines = next;
  draw();
  return say(`${told[0].text}. ${tray.dataset.collected}`);
}

export function startTray() {
  if (!tray) return;
  onRenewed(lay);
  tray.querySelector('[data-tray-undo-all]').addEventListener('click', () => change(new Map()));
  tray.querySelector('[data-tray-save]').addEventListener('click', () => void save());
  document.addEventListener('keydown', byKeys, true);
  document.addEventListener('sprechstunde:booking', ({ detail: { id, version } }) => {
    const line = lines.get(id);
    if (!line || version === line.move.version) return;
    line.isStale = true;
    draw();
    void whatChanged(id).then((text) => {
      line.changed = text;
      draw();
    });
  });
  addEventListener('beforeunload', (event) => {
    if (lines.size > 0) event.preventDefault();
  });
}

/** Control+Enter saves, Control+Z takes the last one back. */
function byKeys(event) {
  if (lines.size === 0 || !(event.ctrlKey || event.metaKey) || document.querySelector('dialog:modal')) return;
  const isTyping = event.target.closest?.('input, select, textarea');
  if (event.key === 'Enter') void save();
  else if (event.key.toLowerCase() === 'z' && !isTyping) void takeOut([...lines.keys()].at(-1));
  else return;
  event.preventDefault();
  event.stopPropagation();
}

async function takeOut(booking) {
  const next = new Map(lines);
  next.delete(booking);
  await change(next);
}

/** What is left is asked about again: the other half of an exchange may be impossible alone. */
async function change(next) {
  lines = next;
  draw();
  if (lines.size === 0) return;
  await check(lines);
  draw();
}

/** Asks what would become of the moves, and notes it at each. @returns the bookings that cannot be moved so */
async function check(asked) {
  const body = JSON.stringify({ moves: [...asked.values()].map(({ move }) => withReason(move)), dryRun: true });
  const { isDone, answer } = await post(tray.dataset.movesHref, body);
  const refused = new Set(isDone ? [] : refusedIn(answer, asked));
  for (const line of asked.values()) {
    line.isStale = refused.has(line.move.booking);
    const result = isDone && answer.results.find(({ booking }) => booking === line.move.booking);
    if (result) line.isMailed = result.mail;
  }
  return { refused };
}

/** An override without its reason is asked about as if it had one; saving asks for it. */
function withReason(move) {
  return move.override && !move.reason ? { ...move, reason: '–' } : move;
}

/** If the answer names none, such as when one was changed meanwhile, all are to be looked at. */
function refusedIn(answer, asked) {
  const named = (answer.errors ?? []).flatMap(({ booking }) => booking ?? []);
  return named.length > 0 ? named : [...asked.keys()];
}

async function save() {
  const missing = [...list.querySelectorAll('.tray__reason')].find((field) => !field.reportValidity());
  if (missing || lines.size === 0) return;
  const moves = [...lines.values()].map(({ move }) => move);
  const { isDone, answer } = await post(tray.dataset.movesHref, JSON.stringify({ moves }));
  if (!isDone) {
    const refused = new Set(refusedIn(answer, lines));
    for (const line of lines.values()) line.isStale = refused.has(line.move.booking);
    draw();
    return say(tray.dataset.refused);
  }
  lines = new Map();
  draw();
  await renewAll();
  const { saved, undo } = tray.dataset;
  show(saved, answer.id && (() => takeBack(answer.id, tray.dataset)), undo);
}

function draw() {
  tray.hidden = lines.size === 0;
  const { one, other } = tray.dataset;
  tray.querySelector('.tray__title').textContent =
    lines.size === 1 ? one : other.replace(/[\d.,]+/, String(lines.size));
  list.replaceChildren(...[...lines.values()].map(lineOf));
  lay();
}

function lineOf(line) {
  const { move, shown, isStale, isMailed, changed = '' } = line;
  const item = tray.querySelector('template').content.firstElementChild.cloneNode(true);
  const { mail, noMail, stale } = tray.dataset;
  item.classList.toggle('tray__line--stale', Boolean(isStale));
  item.querySelector('.tray__text').textContent = isStale ? `${shown.text}: ${stale}. ${changed}` : shown.text;
  item.querySelector('.tray__mail').textContent = isMailed ? mail : noMail;
  const [tell, reason, undo] = [
    item.querySelector('select'),
    item.querySelector('.tray__reason'),
    item.querySelector('[data-tray-undo]'),
  ];
  for (const field of [tell, reason])
    field.setAttribute('aria-label', `${field.getAttribute('aria-label')}: ${shown.text}`);
  undo.setAttribute('aria-label', `${undo.textContent}: ${shown.text}`);
  tell.value = move.tell ?? 'mail';
  tell.addEventListener('change', () => {
    move.tell = tell.value;
    void change(lines);
  });
  reason.value = move.reason ?? '';
  reason.required = Boolean(move.override);
  reason.addEventListener('input', () => {
    if (reason.value.trim()) move.reason = reason.value.trim();
    else delete move.reason;
  });
  undo.addEventListener('click', () => void takeOut(move.booking));
  return item;
}

/** Shows the cards at their new places, where the board shows these. */
function lay() {
  for (const card of document.querySelectorAll('.board-card--planned')) card.remove();
  for (const card of document.querySelectorAll('.board-card--leaving')) card.classList.remove('board-card--leaving');
  for (const { move, shown, card } of lines.values()) {
    document.getElementById(`card-${move.booking}`)?.classList.add('board-card--leaving');
    const [advisor, date] = [CSS.escape(move.advisor), CSS.escape(shown.date)];
    const lane = document.querySelector(`.lane[data-advisor="${advisor}"][data-date="${date}"] .lane__items`);
    if (!lane || !card) continue;
    const planned = card.cloneNode(true);
    planned.id = `planned-${move.booking}`;
    planned.classList.add('board-card--planned');
    planned.classList.remove('board-card--leaving', 'board-card--held-up');
    Object.assign(planned.dataset, { from: shown.from, to: shown.to });
    planned.querySelector('.board-card__time').textContent = shown.from;
    planned.querySelector('.kern-sr-only').textContent = `${shown.text}. ${tray.dataset.collected}`;
    planned.querySelector('.board-card__deeds')?.remove();
    lane.append(planned);
  }
}
