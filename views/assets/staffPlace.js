/* What part of the board is seen: from half an hour before now, or where the reader was; and how dense it is. */
import { isToday, minutes, minutesNow } from './staffClock.js';

const SEEN_BEFORE_MINUTES = 30;
const REMEMBER_AFTER_MS = 200;
const DENSITY = 'sprechstunde.density';
const board = document.querySelector('.board');

/** Shows the part that was seen last on this day, or now, and remembers what is seen from here on. */
export function startPlace(scroller) {
  const { [placeKey()]: seen } = history.state ?? {};
  if (seen) scroller.scrollTo(seen.x, seen.y);
  else scrollToNow(scroller);
  let timer;
  scroller.addEventListener('scroll', () => {
    clearTimeout(timer);
    timer = setTimeout(() => {
      const place = { x: scroller.scrollLeft, y: scroller.scrollTop };
      history.replaceState({ ...history.state, [placeKey()]: place }, '');
    }, REMEMBER_AFTER_MS);
  });
}

function placeKey() {
  return `place ${location.pathname}`;
}

function scrollToNow(scroller) {
  const canvas = scroller.querySelector('.canvas');
  const { from, to } = canvas.dataset;
  if (!isToday(board.dataset.date)) return;
  const share = (minutesNow() - SEEN_BEFORE_MINUTES - minutes(from)) / (minutes(to) - minutes(from));
  if (share <= 0 || share >= 1) return;
  const line = scroller.querySelector('.lane__items');
  if (canvas.classList.contains('canvas--rows')) scroller.scrollLeft = share * line.offsetWidth;
  else scroller.scrollTop = share * line.offsetHeight;
}

/** The button that makes rows and cards higher; the browser remembers it. */
export function startDensity(button) {
  const show = (roomy) => {
    if (roomy) board.dataset.density = 'roomy';
    else delete board.dataset.density;
    button.setAttribute('aria-pressed', String(roomy));
  };
  show(localStorage.getItem(DENSITY) === 'roomy');
  button.addEventListener('click', () => {
    const roomy = board.dataset.density !== 'roomy';
    localStorage.setItem(DENSITY, roomy ? 'roomy' : 'fit');
    show(roomy);
  });
}
