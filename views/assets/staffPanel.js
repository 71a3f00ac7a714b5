/*
 * The side panel: a booking's own page, of which the main part is fetched. The address keeps it (?b=), so that
 * "back" closes it and a reload opens it again. Its forms are sent from where it stands; its links lead to their pages.
 * What was typed for one booking and not sent is there again when it is opened again, as long as the page stays.
 */
import { fetchMain } from './staffFragment.js';
import { renewAll } from './staffParts.js';

const NARROW = matchMedia('(max-width: 47.99rem)');
const PARAMETER = 'b';
const board = document.querySelector('.board');
const panel = document.getElementById('side');
const place = panel.querySelector('.side__content');
let shown;
/** By booking: the fields that were typed into and not sent. */
const typed = new Map();

export function startPanel() {
  document.addEventListener('click', (event) => {
    const link = event.target.closest('.board-card__link[href]');
    if (!link || event.button !== 0 || event.metaKey || event.ctrlKey || event.shiftKey || event.altKey) return;
    event.preventDefault();
    const { booking } = link.closest('.board-card').dataset;
    remember(booking);
    show(booking);
  });
  panel.querySelector('[data-close]').addEventListener('click', close);
  panel.addEventListener('cancel', (event) => {
    event.preventDefault();
    close();
  });
  document.addEventListener('keydown', (event) => {
    if (event.key !== 'Escape' || !panel.open || document.querySelector('dialog:modal:not(#side)')) return;
    event.preventDefault();
    close();
  });
  panel.addEventListener('submit', send);
  addEventListener('popstate', showAsAddressed);
  showAsAddressed();
}

/** Shows a page that was fetched already, such as that of a refusal. */
export function showPage(page, booking) {
  if (booking && shown !== booking) remember(booking);
  shown = booking ?? shown;
  fill(page);
}

/** One step back closes the panel, however many bookings were looked at. */
function remember(booking) {
  if (panel.open) history.replaceState(history.state, '', addressWith(booking));
  else history.pushState({ ...history.state, opened: true }, '', addressWith(booking));
}

function showAsAddressed() {
  const booking = new URLSearchParams(location.search).get(PARAMETER);
  if (booking) show(booking);
  else hide();
}

async function show(booking) {
  if (shown === booking && panel.open) return panel.focus();
  keepTyped();
  shown = booking;
  const href = hrefOf(booking);
  try {
    const { response, page } = await fetchMain(href);
    if (page.querySelector('[type="password"]')) return location.assign(href);
    if (shown !== booking) return;
    if (!response.ok) return close();
    fill(page);
    restoreTyped();
  } catch {
    location.assign(href);
  }
}

function hrefOf(booking) {
  return board.dataset.bookingHref.replace('ID', encodeURIComponent(booking));
}

function fill(page) {
  place.replaceChildren(...page.body.childNodes);
  if (!panel.open) NARROW.matches ? panel.showModal() : panel.show();
  board.dataset.panel = '';
  const [heading] = place.querySelectorAll('#error-summary, [role="alert"], h1');
  if (!heading) return;
  heading.tabIndex = -1;
  heading.focus();
}

function keepTyped() {
  if (!shown || !panel.open) return;
  const fields = [...place.querySelectorAll('form[method="post"] :is(input:not([type="hidden"]), textarea)')];
  const changed = fields.filter((field) => field.value !== field.defaultValue);
  typed.set(
    shown,
    changed.map(({ form, name, value }) => ({ action: form.getAttribute('action'), name, value })),
  );
}

function restoreTyped() {
  for (const { action, name, value } of typed.get(shown) ?? []) {
    const field = place.querySelector(`form[action="${CSS.escape(action)}"] [name="${CSS.escape(name)}"]`);
    if (field) field.value = value;
  }
  typed.delete(shown);
}

async function send(event) {
  const { target: form, submitter } = event;
  if (form.method !== 'post') return;
  event.preventDefault();
  const body = new URLSearchParams(new FormData(form, submitter));
  try {
    const { page } = await fetchMain(form.action, { method: 'POST', body });
    if (page.querySelector('[type="password"]')) return form.submit();
    fill(page);
  } catch {
    return form.submit();
  }
  await renewAll();
}

function close() {
  if (history.state?.opened) return history.back();
  history.replaceState(history.state, '', addressWith());
  shown = panel.open ? shown : undefined;
  hide();
}

function hide() {
  if (!panel.open) return;
  keepTyped();
  panel.close();
  delete board.dataset.panel;
  place.replaceChildren();
  document.getElementById(`card-${shown}`)?.querySelector('.board-card__link').focus({ preventScroll: true });
  shown = undefined;
}

function addressWith(booking) {
  const address = new URL(location.href);
  if (booking) address.searchParams.set(PARAMETER, booking);
  else address.searchParams.delete(PARAMETER);
  return address;
}
