/*
 * An advisor's own day while it is open: what reception changes appears, and each minute what changes by time alone, such
 * as the line of now and what can be done. The server draws both.
 */
import { renewOn } from './staffRenew.js';

const MINUTE_MS = 60_000;
const { advisor } = document.querySelector('.my-day').dataset;

document.querySelector('.my-day').dataset.withScript = '';
renewOn(['booking', 'held', 'hours', 'queue', 'minute', 'reset'], {
  isMeant: (detail, name) =>
    name === 'booking' || name === 'held' ? [detail.advisor, detail.from?.advisor].includes(advisor) : true,
  within: '.my-day__body',
});
setInterval(() => document.dispatchEvent(new CustomEvent('sprechstunde:minute', { detail: {} })), MINUTE_MS);

const date = document.querySelector('.board-date');
date.addEventListener('change', () => date.date.value && date.requestSubmit());
