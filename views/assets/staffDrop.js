/*
 * Puts a card down: sends the moves, renews the board, and offers to undo them. What the server refuses is said, and the
 * board shows how it stands.
 */
import { renewAll } from './staffParts.js';

const place = document.getElementById('board-did');

/** @param target data of the target: body, done @param words data of all targets: movesHref, undoHref, failed, undone, undo */
export async function putDown({ body, done }, words) {
  const { booking } = words;
  try {
    const moved = await post(words.movesHref, body);
    await renewAll();
    show(moved ? done : words.failed, moved?.id && (() => takeBack(moved.id, words)), words.undo);
  } catch {
    return location.reload();
  }
  focusOn(booking);
}

async function takeBack(id, words) {
  const undone = await post(words.undoHref.replace('ID', encodeURIComponent(id)), '{}');
  await renewAll();
  show(undone ? words.undone : words.failed);
  focusOn(words.booking);
}

/** @returns the answer; undefined if it was refused, because somebody was faster */
async function post(href, body) {
  const response = await fetch(href, { method: 'POST', headers: { 'Content-Type': 'application/json' }, body });
  if (response.ok) return response.json();
  if (response.status === 409 || response.status === 412) return undefined;
  throw new Error(String(response.status));
}

function show(text, undo, undoText) {
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

function focusOn(booking) {
  const link = document.querySelector(`#card-${CSS.escape(booking)} .board-card__link`);
  link?.focus({ preventScroll: true });
  link?.scrollIntoView({ block: 'nearest', inline: 'nearest' });
}
