/* The day page, which the server has drawn: this starts what only a page with a script can do. */
import { eachMinute } from './staffClock.js';
import { startDeeds } from './staffDeeds.js';
import { startDrag } from './staffDrag.js';
import { startFilter } from './staffFilter.js';
import { startHand } from './staffHand.js';
import { startKeys } from './staffKeys.js';
import { startLaneEvents } from './staffLaneEvents.js';
import { showMinute } from './staffMinute.js';
import { showPage, startPanel } from './staffPanel.js';
import { startDensity, startPlace } from './staffPlace.js';
import { renewOn } from './staffRenew.js';
import { startTray } from './staffTray.js';

const board = document.querySelector('.board');
const scroller = board.querySelector('.board-scroll');

board.dataset.withScript = '';
board.querySelector('.board-tools').hidden = false;
board.querySelector('[data-print]').addEventListener('click', () => print());
const date = board.querySelector('.board-date');
date.addEventListener('change', () => date.date.value && date.requestSubmit());
// Whoever came by "one page per person" wants paper.
if ('printNow' in board.dataset) addEventListener('load', () => print());
eachMinute(showMinute);
// What is cut off on a small card can be read by pointing at it.
board.addEventListener('mouseover', ({ target }) => {
  const item = target.closest('[data-item]');
  if (item && !item.title) item.title = item.querySelector('.kern-sr-only').textContent;
});
if (scroller) {
  startDensity(board.querySelector('[data-density-button]'));
  startPlace(scroller);
  startHand(scroller);
  startTray();
  startKeys(scroller);
  startDrag(scroller);
  startDeeds(document.getElementById('deeds'), showPage);
  startLaneEvents();
  startPanel();
  const filter = board.querySelector('[data-filter]');
  if (filter) startFilter(filter);
} else {
  renewOn(['booking', 'hours', 'reset'], {
    isMeant: ({ day, from }, name) => name !== 'booking' || [day, from?.day].includes(board.dataset.date),
    within: '.board',
    kept: ['.board-head'],
  });
}
