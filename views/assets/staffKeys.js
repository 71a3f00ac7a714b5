/*
 * The board by keyboard. It is one tab stop: arrows go through what stands on it, and Tab on a card goes to its buttons.
 * Single letters can be switched off (WCAG 2.1.4); the browser remembers it.
 */
import { isToday, minutes, minutesNow } from './staffClock.js';
import { onRenewed } from './staffParts.js';

const OFF = 'sprechstunde.letters';
const ITEMS = '.lane__name, [data-item]';
const DEEDS = { a: 'check-in', b: 'begin', e: 'complete', x: 'no-show' };
/** Letters that are typed after G, one soon after the other, are the beginning of a name. */
const NAMED_TOGETHER_MS = 1_500;
const board = document.querySelector('.board');
let current;
let named = { text: '', until: 0 };

export function startKeys(scroller) {
  const gather = () => {
    const there = [...scroller.querySelectorAll(ITEMS)];
    for (const each of scroller.querySelectorAll(`${ITEMS}, .deed`)) if (each.tabIndex !== -1) each.tabIndex = -1;
    choose(there.includes(current) ? current : (sameAs(current, scroller) ?? firstOf(scroller)));
  };
  gather();
  onRenewed(gather);
  scroller.addEventListener('focusin', ({ target }) => {
    const item = target.closest(ITEMS) ?? target.closest('.board-card')?.querySelector('[data-item]');
    if (item) choose(item);
  });
  scroller.addEventListener('keydown', (event) => walk(event, scroller));
  document.addEventListener('keydown', (event) => letter(event, scroller));
  startSwitch();
}

/** After a lane was renewed, the same card is another element. */
function sameAs(item, scroller) {
  const id = item?.closest('.board-card')?.id;
  return id ? scroller.querySelector(`#${CSS.escape(id)} [data-item]`) : null;
}

/** Where Tab leads to at first: the next card from now, or the first thing. */
function firstOf(scroller) {
  return upcoming(scroller)[0] ?? scroller.querySelector('[data-item]') ?? scroller.querySelector(ITEMS);
}

function choose(item) {
  for (const each of reachable(current)) each.tabIndex = -1;
  current = item;
  for (const each of reachable(current)) each.tabIndex = 0;
}

/** An item, and the buttons of its card. */
function reachable(item) {
  return item ? [item, ...(item.closest('.board-card')?.querySelectorAll('.deed') ?? [])] : [];
}

function walk(event, scroller) {
  if (event.altKey || event.ctrlKey || event.metaKey || event.shiftKey) return;
  const item = event.target.closest(ITEMS) ?? event.target.closest('.board-card')?.querySelector('[data-item]');
  const to = item && target(event.key, item, scroller);
  if (!to) return;
  event.preventDefault();
  to.focus();
  to.scrollIntoView({ block: 'nearest', inline: 'nearest' });
}

function target(key, item, scroller) {
  const isRows = scroller.querySelector('.canvas--rows') !== null;
  const [earlier, later, before, after] = isRows
    ? ['ArrowLeft', 'ArrowRight', 'ArrowUp', 'ArrowDown']
    : ['ArrowUp', 'ArrowDown', 'ArrowLeft', 'ArrowRight'];
  const own = itemsOf(item.closest('.lane'));
  const at = own.indexOf(item);
  if (key === earlier) return own[at - 1];
  if (key === later) return own[at + 1];
  if (key === 'Home') return own.find((each) => each.matches('[data-item]')) ?? own[0];
  if (key === 'End') return own.at(-1);
  if (key === before) return nearest(item, beside(item, 'previousElementSibling'));
  if (key === after) return nearest(item, beside(item, 'nextElementSibling'));
  return undefined;
}

function itemsOf(lane) {
  return [...lane.querySelectorAll(ITEMS)];
}

function beside(item, step) {
  const lane = item.closest('.lane')[step];
  return lane?.matches('.lane') ? lane : undefined;
}

/** What stands at the same time in another lane. */
function nearest(item, lane) {
  if (!lane) return undefined;
  const time = timeOf(item);
  const distance = (other) => Math.abs(timeOf(other) - time);
  return itemsOf(lane).reduce((best, each) => (distance(each) < distance(best) ? each : best));
}

/** When an item begins; the head of a lane comes before everything. */
function timeOf(item) {
  const { from } = item.closest('.timed')?.dataset ?? {};
  return from ? minutes(from) : -1_000;
}

function upcoming(scroller) {
  const now = minutesNow();
  return [...scroller.querySelectorAll('.board-card__link[data-item]')]
    .filter((item) => !isToday(item.closest('.lane').dataset.date) || timeOf(item) >= now)
    .sort((a, b) => timeOf(a) - timeOf(b));
}

function letter(event, scroller) {
  if (event.altKey || event.metaKey || document.querySelector('dialog:modal')) return;
  if (event.target.closest('input, select, textarea, dialog[open]')) return;
  if (event.ctrlKey) return event.key === 'z' ? press(event, document.querySelector('.deed--undo')) : undefined;
  if (localStorage.getItem(OFF) === 'off') return undefined;
  const key = event.key.toLowerCase();
  if (event.timeStamp < named.until && /^\p{L}$/u.test(key)) return toPerson(event, named.text + key, scroller);
  if (key === 'g') return toPerson(event, '', scroller);
  if (key in DEEDS) {
    const card = event.target.closest('.board-card');
    return card && press(event, card.querySelector(`[data-deed="${DEEDS[key]}"]:not([hidden])`));
  }
  if (key === 'n') {
    const coming = upcoming(scroller);
    return go(event, coming[coming.indexOf(event.target) + 1]);
  }
  if (key === '+') return press(event, gapFrom(event.target.closest('.lane') ?? scroller));
  if (key === 'w') return toWalkIn(event);
  if (key === '?') return press(event, document.querySelector('[data-keys]'));
  return undefined;
}

/** To the first field of the form for somebody without an appointment. */
function toWalkIn(event) {
  const link = document.querySelector('.staff-nav a[href$="/queue"]');
  if (!link) return press(event, null);
  event.preventDefault();
  return location.assign(`${link.href}#topic`);
}

/** The head of the first lane of somebody of whose names one begins so. */
function toPerson(event, text, scroller) {
  event.preventDefault();
  named = { text, until: event.timeStamp + NAMED_TOGETHER_MS };
  if (text === '') return say(board.dataset.who);
  const heads = [...scroller.querySelectorAll('.lane__name')];
  const found = heads.find((head) =>
    folded(head.textContent)
      .split(/[\s-]+/)
      .some((word) => word.startsWith(folded(text))),
  );
  found?.focus();
  found?.scrollIntoView({ block: 'nearest', inline: 'nearest' });
  return undefined;
}

/** Without accents and capitals: "Ö" is found by "o". */
function folded(text) {
  return text.normalize('NFD').replace(/\p{M}/gu, '').toLowerCase();
}

/** The gap that has the focus, or the first one in the lane. */
function gapFrom(lane) {
  return current?.matches('.gap__link') && lane.contains(current) ? current : lane.querySelector('.gap__link');
}

function press(event, button) {
  event.preventDefault();
  if (button) button.click();
  else say(board.dataset.impossible);
}

function go(event, item) {
  if (!item) return say(board.dataset.nothing);
  event.preventDefault();
  item.focus();
}

function say(text) {
  document.getElementById('board-said').textContent = text;
}

/** The list of keys, in which the letters can be switched off. */
function startSwitch() {
  const dialog = document.getElementById('keys');
  const tick = dialog.querySelector('[type="checkbox"]');
  tick.checked = localStorage.getItem(OFF) === 'off';
  tick.addEventListener('change', () => localStorage.setItem(OFF, tick.checked ? 'off' : 'on'));
  document.querySelector('[data-keys]').addEventListener('click', () => dialog.showModal());
}
