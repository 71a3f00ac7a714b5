/*
 * A card in the hand: where it can go lights up on the board, everything else is dimmed, with the reason in words. A
 * press on a target, or Enter, puts it down there; Escape puts it back. With Alt the arrows go by five minutes, also to
 * where a rule must be left. While it is held, nothing on the board is renewed (data-holding).
 */

import { clock, minutes } from './staffClock.js';
import { showDay } from './staffDays.js';
import { putDown } from './staffDrop.js';
import { askReason, bodyWith, placeAt } from './staffOverride.js';
import { say, whatChanged } from './staffSend.js';
import { plannedBeside } from './staffTray.js';

/** How far a step with Alt goes. */
const STEP_MINUTES = 5;

const board = document.querySelector('.board');
const bar = document.getElementById('hand');
let held;
let targets;

/** Tells whether a card is in the hand. */
export function isHolding() {
  return held !== undefined;
}

/** Takes a booking into the hand. @param only the kind of target that is wanted; absent: any */
export async function pickUp(booking, only) {
  if (held?.booking === booking) return;
  held = { booking, only };
  board.dataset.holding = '';
  await showTargets();
}

/** Puts the card back where it was. */
export function putBack() {
  const { booking } = held ?? {};
  held = undefined;
  clear();
  delete board.dataset.holding;
  document.getElementById(`card-${booking}`)?.querySelector('.board-card__link').focus({ preventScroll: true });
}

/** Puts the card down on a target. @returns false if it stays in the hand, because no reason was given for it */
export async function drop(target) {
  const { dataset } = targets;
  const { against, done } = target.dataset;
  const reason = against === undefined ? undefined : await askReason(`${done} – ${against}`);
  if (against !== undefined && !reason) {
    target.querySelector('button').focus({ preventScroll: true });
    return false;
  }
  held = undefined;
  const { body } = target.dataset;
  const sent = { ...target.dataset, body: reason ? bodyWith(body, reason) : body };
  clear();
  await putDown(sent, dataset);
  delete board.dataset.holding;
  return true;
}

/** Puts the card down at a time where there is no target, if that is possible against a rule; else says why not. */
export async function dropAt(lane, time) {
  const target = await tryPlace(lane, time);
  if (!target?.matches('.target')) return false;
  return drop(target);
}

/** Shows another day while the card stays in the hand. */
export async function carryTo(href) {
  clear();
  await showDay(href, { hand: '1' });
  if (held) await showTargets();
}

/** The address that tells where the booking in the hand can go, beside what the tray has collected. */
function questionFor(booking) {
  const address = new URL(board.dataset.targetsHref.replace('ID', encodeURIComponent(booking)), location.href);
  for (const planned of plannedBeside(booking)) address.searchParams.append('planned', planned);
  return address;
}

/** Looks at one place, and shows there what it is: a target, perhaps against a rule, or why it is none. */
async function tryPlace(lane, time) {
  const lit = lane.querySelector(`.target[data-from="${time}"]`);
  if (lit) return go(lit);
  const item = await placeAt(questionFor(held.booking), { lane, time });
  if (!held || !item) return undefined;
  for (const tried of document.querySelectorAll('.is-tried')) tried.remove();
  item.classList.add('is-tried');
  lane.querySelector('.lane__items').append(item);
  if (item.matches('.target')) return go(item);
  say(`${time}: ${item.title}`);
  item.scrollIntoView({ block: 'nearest', inline: 'nearest' });
  return item;
}

async function showTargets() {
  const { booking, only } = held;
  const address = questionFor(booking);
  const days = [...new Set([...document.querySelectorAll('.lane')].map(({ dataset }) => dataset.date))].sort();
  address.searchParams.set('date', days[0] ?? board.dataset.date);
  if (days.length > 1) address.searchParams.set('days', 'week');
  const response = await fetch(address);
  if (!response.ok) return refuse(response);
  const fresh = new DOMParser().parseFromString(await response.text(), 'text/html').getElementById('targets');
  if (held?.booking !== booking) return;
  if (!fresh) return location.reload();
  targets = fresh;
  for (const card of document.querySelectorAll(`.board-card[data-booking="${CSS.escape(booking)}"]`))
    card.classList.add('board-card--held-up');
  for (const item of fresh.querySelectorAll('li')) {
    const { advisor, date } = item.dataset;
    const lane = document.querySelector(
      `.lane[data-advisor="${CSS.escape(advisor)}"][data-date="${CSS.escape(date)}"] .lane__items`,
    );
    const isWanted = !only || !item.dataset.kind || item.dataset.kind === only;
    if (lane && isWanted) lane.append(item);
  }
  bar.hidden = false;
  bar.querySelector('[data-anew]').hidden = true;
  bar.querySelector('[data-hand-said]').textContent = fresh.dataset.said;
  bar.querySelector('[data-hand-hint]').textContent = fresh.dataset.hint;
  say(`${fresh.dataset.said} ${fresh.dataset.hint}`);
  go(walkable()[0]);
}

/** Gives a target the focus. */
function go(target) {
  target?.querySelector('button').focus({ preventScroll: true });
  target?.scrollIntoView({ block: 'nearest', inline: 'nearest' });
  return target;
}

/** Somebody else has moved the card that is in the hand: it stays there, and the bar says who, and where it is. */
async function noteChange({ id, version }) {
  if (held?.booking !== id || document.getElementById(`card-${id}`)?.dataset.version === String(version)) return;
  const changed = await whatChanged(id);
  if (held?.booking !== id || !changed) return;
  bar.querySelector('[data-hand-said]').textContent = changed;
  bar.querySelector('[data-anew]').hidden = false;
  say(changed);
}

/** What cannot be moved at all: its page says why. */
function refuse(response) {
  putBack();
  if (response.status === 409) say(board.dataset.impossible);
  else location.reload();
}

function clear() {
  for (const item of document.querySelectorAll('.lane .target, .lane .refusal')) item.remove();
  for (const card of document.querySelectorAll('.board-card--held-up')) card.classList.remove('board-card--held-up');
  bar.hidden = true;
}

/** The targets that are seen, by time, then by lane. */
function walkable() {
  const lanes = lanesShown();
  const order = (target) =>
    `${target.dataset.date} ${target.dataset.from} ${String(lanes.indexOf(target.closest('.lane'))).padStart(4, '0')}`;
  return [...document.querySelectorAll('.lane .target')].sort((a, b) => (order(a) < order(b) ? -1 : 1));
}

function lanesShown() {
  return [...document.querySelectorAll('.lane')];
}

export function startHand(scroller) {
  bar.querySelector('[data-put-back]').addEventListener('click', putBack);
  bar.querySelector('[data-anew]').addEventListener('click', () => {
    clear();
    void showTargets();
  });
  document.addEventListener('sprechstunde:booking', ({ detail }) => void noteChange(detail));
  scroller.addEventListener('click', (event) => {
    const target = held && event.target.closest('.target');
    if (target) void drop(target);
  });
  document.addEventListener('click', carryByLink, true);
  document.addEventListener('submit', carryByDate, true);
  document.addEventListener('keydown', walk, true);
  document.addEventListener('sprechstunde:pick', async ({ detail: { booking, href } }) => {
    if (new URL(href, location.href).pathname !== location.pathname) await showDay(href);
    await pickUp(booking);
  });
  const wanted = new URLSearchParams(location.search).get('pick');
  if (!wanted) return;
  const address = new URL(location.href);
  address.searchParams.delete('pick');
  history.replaceState(history.state, '', address);
  void pickUp(wanted);
}

/** With a card in the hand, the links to other days take it along. */
function carryByLink(event) {
  const link = held && event.target.closest?.('.strip__day, .board-steps a');
  if (!link) return;
  event.preventDefault();
  event.stopPropagation();
  void carryTo(link.href);
}

/** With a card in the hand, the date field takes it along, also to a day on which the desk is closed. */
function carryByDate(event) {
  const date = held && event.target.matches('.board-date') && event.target.elements.date.value;
  if (!date) return;
  event.preventDefault();
  event.stopPropagation();
  void carryTo(document.querySelector('.board-steps [rel="next"]').href.replace(/\d{4}-\d{2}-\d{2}/, date));
}

/** Digits that are typed one after the other are one time. */
const TYPED_TOGETHER_MS = 1_500;
let typed = { text: '', at: 0 };

function walk(event) {
  if (event.ctrlKey || event.metaKey || document.querySelector('dialog:modal')) return;
  if (event.altKey) return held && stepAside(event);
  if (!held) return take(event);
  const all = walkable();
  const at = all.indexOf(document.activeElement?.closest('.target'));
  const steps = { ArrowDown: 1, ArrowUp: -1 };
  if (event.key in steps) go(all[Math.max(0, Math.min(all.length - 1, at + steps[event.key]))]);
  else if (event.key === 'ArrowRight' || event.key === 'ArrowLeft')
    go(beside(all, at, event.key === 'ArrowRight' ? 1 : -1));
  else if (event.key === 'Home') go(all[0]);
  else if (event.key === 'End') go(all.at(-1));
  else if (event.key === 'PageDown') void carryTo(document.querySelector('.board-steps [rel="next"]').href);
  else if (event.key === 'PageUp') void carryTo(document.querySelector('.board-steps [rel="prev"]').href);
  else if (event.key === 'Escape') putBack();
  else if (/^\d$/.test(event.key)) go(atTime(all, event.key, event.timeStamp));
  else if (event.key !== 'Enter' && event.key !== ' ') return event.key === 'Tab' ? undefined : event.stopPropagation();
  else if (all[at]) void drop(all[at]);
  event.preventDefault();
  event.stopPropagation();
}

/** With Alt the arrows go five minutes earlier and later, and to the neighbour at the same time, whatever is there. */
function stepAside(event) {
  const [time, lane] = { ArrowUp: [-1, 0], ArrowDown: [1, 0], ArrowLeft: [0, -1], ArrowRight: [0, 1] }[event.key] ?? [];
  if (time === undefined) return;
  event.preventDefault();
  event.stopPropagation();
  const from =
    document.querySelector('.is-tried') ??
    document.activeElement?.closest('.target') ??
    document.getElementById(`card-${held.booking}`);
  const lanes = lanesShown();
  const there = lanes[lanes.indexOf(from?.closest('.lane')) + lane] ?? lanes[0];
  const began = from ? minutes(from.dataset.from) : minutes(document.querySelector('.canvas').dataset.from);
  const asked = clock(Math.max(0, Math.min(24 * 60 - STEP_MINUTES, began + time * STEP_MINUTES)));
  if (there) void tryPlace(there, asked);
}

/** The target in the next lane that has one, at the nearest time. */
function beside(all, at, step) {
  const lanes = lanesShown();
  const from = all[at]?.dataset.from;
  for (let lane = lanes.indexOf(all[at]?.closest('.lane')) + step; lane >= 0 && lane < lanes.length; lane += step) {
    const there = all.filter((target) => target.closest('.lane') === lanes[lane]);
    if (there.length > 0) return there.find(({ dataset }) => dataset.from >= from) ?? there.at(-1);
  }
  return undefined;
}

/** "1330", "930" or "9": the first target from then on, in the same lane if it has one. */
function atTime(all, digit, now) {
  typed = { text: (now - typed.at < TYPED_TOGETHER_MS ? typed.text : '') + digit, at: now };
  const { text } = typed;
  const digits = text.length > 2 ? text.padStart(4, '0') : `${text.padStart(2, '0')}00`;
  const time = `${digits.slice(0, 2)}:${digits.slice(2, 4)}`;
  const own = document.activeElement?.closest('.lane');
  const later = all.filter(({ dataset }) => dataset.from >= time);
  const exact = later.filter(({ dataset }) => dataset.from === later[0]?.dataset.from);
  return exact.find((target) => target.closest('.lane') === own) ?? exact[0];
}

/** M and the space bar take the card that has the focus, S looks for an exchange only. */
function take(event) {
  const card = event.target.closest?.('.board-card[data-booking]');
  const key = event.key.toLowerCase();
  const isLetter = key === 'm' || key === 's';
  if (!card || event.target.closest('.deed') || (!isLetter && key !== ' ')) return;
  if (isLetter && localStorage.getItem('sprechstunde.letters') === 'off') return;
  event.preventDefault();
  event.stopPropagation();
  void pickUp(card.dataset.booking, key === 's' ? 'swap' : undefined);
}
