/* What changes on the day by time alone: the line of the current time, what can be done now, and who is late. */
import { clock, isToday, minutes } from './staffClock.js';

const LATE_AFTER = 5;
const board = document.querySelector('.board');

/** @param now minutes since midnight at the desk */
export function showMinute(now) {
  moveLine(now);
  const isThisDay = isToday(board.dataset.date);
  for (const each of document.querySelectorAll('.board [data-opens]')) {
    const { opens, shuts = '24:00' } = each.dataset;
    const date = each.closest('[data-date]')?.dataset.date ?? board.dataset.date;
    const isHidden = !isToday(date) || now < minutes(opens) || now >= minutes(shuts);
    if (each.hidden !== isHidden) each.hidden = isHidden;
  }
  if (isThisDay) for (const card of document.querySelectorAll('.board-card[data-state]')) showLate(card, now);
}

/** The line is one element, its time on the axis another, and nothing else is drawn anew with them. */
function moveLine(now) {
  const canvas = document.querySelector('.canvas');
  if (!canvas) return;
  const { from, to } = canvas.dataset;
  const isShown =
    minutes(from) <= now &&
    now < minutes(to) &&
    [...canvas.querySelectorAll('.lane')].some((lane) => isToday(lane.dataset.date));
  for (const mark of canvas.querySelectorAll('.now, .axis__now')) {
    mark.hidden = !isShown;
    if (isShown) mark.dataset.from = clock(now);
    if (isShown && mark.matches('.axis__now')) mark.textContent = clock(now);
  }
}

/** A client who is not here is late from some minutes after the start until the end. */
function showLate(card, now) {
  const { state, from, to, said: before } = card.dataset;
  if (state !== 'confirmed' && state !== 'late') return;
  const late = now - minutes(from);
  if (late < LATE_AFTER || now >= minutes(to)) return;
  const said = board.dataset.late.replace('#', String(late));
  if (before === said) return;
  card.dataset.state = 'late';
  card.dataset.said = said;
  card.classList.replace('board-card--confirmed', 'board-card--late');
  const name = card.querySelector('.kern-sr-only');
  name.textContent = name.textContent.replace(before, said);
  card.querySelector('.board-card__sign').textContent = '⚠';
  wordOf(card).textContent = said;
}

/** The place of the word for the state: a card in the usual state has none. */
function wordOf(card) {
  const there = card.querySelector('.board-card__state');
  if (there) return there;
  const word = document.createElement('span');
  word.className = 'board-card__state';
  card.querySelector('.board-card__about').prepend(word, ' ');
  return word;
}
