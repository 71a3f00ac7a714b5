/*
 * Cards by mouse and by touch: drawn away, a card is in the hand, and is put down where it is let go: on a target, or on
 * a day of the week above, which takes it along; elsewhere it needs a reason, or is put back. A long press takes it as well; then a tap puts it down.
 */
import { clock, minutes } from './staffClock.js';
import { carryTo, drop, dropAt, isHolding, pickUp, putBack } from './staffHand.js';

/** A hand that shakes draws nothing away. */
const DRAWN_PX = 6;
const LONG_PRESS_MS = 400;
/** Where there is no target, a card begins at such a minute. */
const STEP_MINUTES = 5;
let press;

export function startDrag(scroller) {
  scroller.addEventListener('pointerdown', begin);
  document.addEventListener('pointermove', move);
  document.addEventListener('pointerup', end);
  document.addEventListener('pointercancel', forget);
  // The browser's own dragging of links would end the pointer's events.
  scroller.addEventListener('dragstart', (event) => event.preventDefault());
  // A long press would open the menu of the card's link.
  scroller.addEventListener('contextmenu', (event) => press?.isTouch && event.preventDefault());
  document.addEventListener('click', swallow, true);
}

function begin(event) {
  // Not every long press ends in a click: the next tap is one of its own.
  isSwallowing = false;
  const card = event.target.closest('.board-card[data-booking]');
  if (!card || event.target.closest('.deed') || event.button !== 0 || isHolding()) return;
  const { clientX: x, clientY: y, pointerType, pointerId } = event;
  press = { card, x, y, pointerId, isTouch: pointerType === 'touch' };
  if (press.isTouch)
    press.timer = setTimeout(() => {
      press.isTaken = true;
      void pickUp(card.dataset.booking);
    }, LONG_PRESS_MS);
}

function move(event) {
  if (!press || event.pointerId !== press.pointerId) return;
  const far = Math.hypot(event.clientX - press.x, event.clientY - press.y) > DRAWN_PX;
  if (press.isTouch) return far && !press.isTaken ? forget() : undefined;
  if (!press.ghost && !far) return;
  if (!press.ghost) lift();
  press.at = event;
  press.frame ??= requestAnimationFrame(follow);
}

function lift() {
  const ghost = press.card.cloneNode(true);
  const { width, height } = press.card.getBoundingClientRect();
  ghost.removeAttribute('id');
  ghost.classList.remove('timed');
  ghost.classList.add('board-card--ghost');
  ghost.setAttribute('aria-hidden', 'true');
  ghost.style.inlineSize = `${width}px`;
  ghost.style.blockSize = `${height}px`;
  document.body.append(ghost);
  press.ghost = ghost;
  void pickUp(press.card.dataset.booking);
}

/** Once a frame: the card is under the hand, and what it would be put down on is marked. */
function follow() {
  if (!press?.at) return;
  press.frame = undefined;
  const { clientX, clientY } = press.at;
  press.ghost.style.transform = `translate(${clientX + 8}px, ${clientY + 8}px)`;
  const over = document.elementFromPoint(clientX, clientY)?.closest('.target, .refusal, .strip__day');
  if (over === press.over) return;
  press.over?.classList.remove('is-over');
  over?.classList.add('is-over');
  press.over = over;
}

function end(event) {
  if (!press || event.pointerId !== press.pointerId) return;
  const { ghost, over, isTaken, at } = press;
  forget();
  if (!ghost) {
    if (isTaken) isSwallowing = true;
    return;
  }
  isSwallowing = true;
  setTimeout(() => {
    isSwallowing = false;
  });
  void letGo(over, at);
}

async function letGo(over, at) {
  if (over?.matches('.strip__day')) return carryTo(over.href);
  if (over?.matches('.target')) return (await drop(over)) || putBack();
  const line = at && document.elementFromPoint(at.clientX, at.clientY)?.closest('.lane__items');
  if (!line || !(await dropAt(line.closest('.lane'), timeOn(line, at)))) putBack();
}

/** The time in a lane under the pointer, on a step. */
function timeOn(line, { clientX, clientY }) {
  const { left, top, width, height } = line.getBoundingClientRect();
  const canvas = line.closest('.canvas');
  const share = canvas.classList.contains('canvas--rows') ? (clientX - left) / width : (clientY - top) / height;
  const [from, to] = [minutes(canvas.dataset.from), minutes(canvas.dataset.to)];
  return clock(Math.floor((from + share * (to - from)) / STEP_MINUTES) * STEP_MINUTES);
}

function forget() {
  clearTimeout(press?.timer);
  press?.ghost?.remove();
  press?.over?.classList.remove('is-over');
  press = undefined;
}

/** The click that ends a drag, or a long press, opens nothing. */
let isSwallowing = false;
function swallow(event) {
  if (!isSwallowing) return;
  isSwallowing = false;
  event.preventDefault();
  event.stopPropagation();
}
