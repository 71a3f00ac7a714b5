/* What the board sends about moves, and what it says of it: in the toast, and to those who hear. */
import { parsed } from './staffFragment.js';
import { renewAll } from './staffParts.js';

const board = document.querySelector('.board');
const place = document.getElementById('board-did');

/** Sends JSON. @returns isDone, and the answer; what the server refuses is no error, but a lost session is */
export async function post(href, body) {
  const response = await fetch(href, { method: 'POST', headers: { 'Content-Type': 'application/json' }, body });
  const isRefused = response.status === 409 || response.status === 412;
  if (!response.ok && !isRefused) throw new Error(String(response.status));
  return { isDone: response.ok, answer: await response.json() };
}

/** Undoes moves. @param words undoHref, undone, failed, and perhaps the booking that gets the focus */
export async function takeBack(id, { undoHref, undone, failed, booking }) {
  const { isDone } = await post(undoHref.replace('ID', encodeURIComponent(id)), '{}');
  await renewAll();
  show(isDone ? undone : failed);
  if (booking) focusOn(booking);
}

/** Shows a message, with a button that takes back what it tells of. */
export function show(text, undo, undoText) {
  const toast = document.createElement('div');
  toast.className = 'toast';
  const said = document.createElement('span');
  said.textContent = text;
  toast.append(said);
  if (undo) {
    const button = document.createElement('button');
    button.type = 'button';
    button.className = 'deed deed--undo';
    button.textContent = undoText;
    button.addEventListener('click', () => void undo(), { once: true });
    toast.append(' ', button);
  }
  place.replaceChildren(toast);
}

/** Says something without showing it. */
export function say(text) {
  document.getElementById('board-said').textContent = text;
}

/** Gives the focus to the card of a booking. */
export function focusOn(booking) {
  const link = document.querySelector(`#card-${CSS.escape(booking)} .board-card__link`);
  link?.focus({ preventScroll: true });
  link?.scrollIntoView({ block: 'nearest', inline: 'nearest' });
}

/** Who has changed a booking last, and where it is since; empty if that cannot be told. */
export async function whatChanged(booking) {
  const response = await fetch(board.dataset.targetsHref.replace('ID', encodeURIComponent(booking)));
  if (!response.ok) return '';
  return parsed(await response.text()).getElementById('targets')?.dataset.changed ?? '';
}
