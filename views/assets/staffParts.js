/*
 * Renews parts of the day page: a lane of the board from its own address (data-href), or whatever has data-part and an
 * id from a whole page. What has the focus keeps it, and the place that is seen stays.
 */
import { minutesNow } from './staffClock.js';
import { fetchMain, parsed } from './staffFragment.js';
import { showMinute } from './staffMinute.js';

/** Nobody has asked: a page that renews itself must not keep a session for ever. */
const UNATTENDED = { 'X-Unattended': '1' };
const CHANGED = 'board-card--changed';
const CHANGED_MS = 3_000;
const REST_AFTER_MS = 20_000;
const board = document.querySelector('.board');
const renewed = [];
const rest = { timer: undefined };

/** Calls the function whenever something was put into the page. */
export function onRenewed(run) {
  renewed.push(run);
}

/** Renews one lane from its address. @returns false if the board has it no more */
export async function renewLane(lane, changedId) {
  const response = await fetch(lane.dataset.href, { headers: UNATTENDED });
  if (!response.ok) return false;
  const fresh = parsed(await response.text()).querySelector('.lane');
  if (fresh && document.contains(lane)) replaceLane(lane, fresh, changedId);
  return fresh !== null;
}

/** Puts a fresh lane in the place of an old one. */
export function replaceLane(old, fresh, changedId) {
  keepingFocus(() => old.replaceWith(fresh));
  tint(fresh, changedId);
  isThere();
}

/** Puts all parts of a fresh page into this one, but for those that are left out. */
export function replaceParts(page, isWanted = () => true) {
  for (const old of document.querySelectorAll('[data-part]')) {
    const fresh = page.getElementById(old.id);
    if (!fresh || !isWanted(old)) continue;
    // Only the board scrolls; to ask the others where they are would lay out the whole page.
    const seen = old.matches('.board-scroll') && [old.scrollLeft, old.scrollTop];
    keepingFocus(() => old.replaceChildren(...fresh.childNodes));
    if (seen) old.scrollTo(...seen);
  }
  isThere();
}

/** Renews counts and loads some time later: they need the whole page, so that it is asked for seldom. */
export function renewSoon() {
  rest.timer ??= setTimeout(() => {
    rest.timer = undefined;
    if (board.hasAttribute('data-holding')) renewSoon();
    else void renewAll();
  }, REST_AFTER_MS);
}

/** Renews everything of the page that can have changed, but for the message about what was done. */
export async function renewAll() {
  const { response, page } = await fetchMain(location.href, { headers: UNATTENDED });
  if (response.ok) replaceParts(page, ({ id }) => id !== 'board-did');
}

function isThere() {
  showMinute(minutesNow());
  for (const run of renewed) run();
}

function keepingFocus(change) {
  const selector = selectorOf(document.activeElement);
  change();
  if (selector && !document.contains(selector.element))
    (document.querySelector(selector.css) ?? document.querySelector(selector.near))?.focus({ preventScroll: true });
}

/** How the focused element is found again: in its card, or by its address. */
function selectorOf(element) {
  if (!element?.closest('[data-part]')) return undefined;
  const card = element.closest('.board-card');
  const lane = element.closest('.lane');
  const near = lane ? `#${CSS.escape(lane.id)} [data-item]` : 'h1';
  if (card?.id) {
    const own = `#${CSS.escape(card.id)}`;
    const { deed } = element.dataset;
    return {
      element,
      css: deed ? `${own} [data-deed="${deed}"]:not([hidden])` : `${own} .board-card__link`,
      near: `${own} .board-card__link`,
    };
  }
  const href = element.getAttribute('href');
  return { element, css: href ? `[href="${CSS.escape(href)}"]` : near, near };
}

function tint(lane, id) {
  const card = id && lane.querySelector(`#${CSS.escape(`card-${id}`)}`);
  if (!card) return;
  card.classList.add(CHANGED);
  setTimeout(() => card.classList.remove(CHANGED), CHANGED_MS);
}
