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
  if (isThisDay)
    for (const card of document.querySelectorAll('.board-card[data-state]')) {
      showLate(card, now);
      showOver(card, now);
    }
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
  if (!mark(card, before, board.dataset.late.replace('#', String(late)))) return;
  card.dataset.state = 'late';
  card.classList.replace('board-card--confirmed', 'board-card--late');
  card.querySelector('.board-card__sign').textContent = '⚠';
}

/** A consultation takes longer from its planned end on. */
function showOver(card, now) {
  const { state, to, said: before } = card.dataset;
  const over = now - minutes(to);
  if (state === 'consulting' && over > 0) mark(card, before, board.dataset.over.replace('#', String(over)));
}

/** Puts the word for the state on the card, also for those who hear it. @returns false if it is there already */
function mark(card, before, said) {
  if (before === said) return false;
  card.dataset.said = said;
  const name = card.querySelector('.kern-sr-only');
  name.textContent = name.textContent.replace(before, said);
  wordOf(card).textContent = said;
  return true;
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
