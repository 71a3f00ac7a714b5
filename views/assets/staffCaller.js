/*
 * The new booking on one page: the times are asked for whenever something about them is chosen, the chosen time is held
 * while somebody types, and whoever has the same name is looked up. Without this script the buttons do the same, only
 * that nothing is held.
 *
 * Nothing that was typed is put into an address: only the fields of QUERY are.
 */
import { fetchMain } from './staffFragment.js';

const form = document.querySelector('#caller');
const held = document.querySelector('#caller-held');
const QUERY = ['topic', 'language', 'when', 'date', 'mode', 'advisor', 'urgent'];
/** Long enough for the next letter of somebody who types with a receiver at the ear. */
const PAUSE_MS = 200;
/** What is held lasts a quarter of an hour, and a dozen extensions. */
const RENEW_MS = 180_000;
const NOT_TYPED = ['key', 'typed', '_csrf', 'start', 'seen'];
/** What was typed about the caller, by field. */
const typed = new Map();
/** The start that was chosen by hand or by the address; a start that was chosen by itself may be replaced. */
let chosen = new URLSearchParams(location.search).get('start');
/** What this page holds, and since when. */
let holding = form.elements.start && held.textContent ? { of: wanted(), at: Date.now() } : undefined;
let isSent = false;
let timer;
/** Numbers of the last questions, so that an answer that comes late does not replace a newer one. */
let asked = 0;
let named = 0;
/** Holding and giving back are done one after the other. */
let queue = Promise.resolve();

showsItself();
if (!form.elements.topic.value && document.activeElement === document.body) form.elements.topic.focus();

form.addEventListener('change', ({ target }) => {
  if (QUERY.includes(target.name)) void renew();
  else if (target.name === 'start') {
    chosen = target.value;
    comesBy(target);
    hold();
  }
});
form.addEventListener('input', ({ target }) => {
  if (target.closest('#caller-told')) hold();
  if (target.name !== 'name' && target.name !== 'email') return;
  clearTimeout(timer);
  timer = setTimeout(lookUp, PAUSE_MS);
});
form.addEventListener('click', (event) => {
  const button = event.target.closest('button');
  if (button?.name === 'take') take(button);
  else if (button?.name === 'day') {
    form.elements.date.value = button.value;
    void renew();
  } else return;
  event.preventDefault();
});
form.addEventListener('submit', () => {
  isSent = true;
});
addEventListener('pageshow', () => {
  isSent = false;
});
addEventListener('pagehide', () => {
  if (holding && !isSent) navigator.sendBeacon(form.getAttribute('action'), ownFields('leave'));
  holding = undefined;
});

/** Asks for the times, and keeps what was typed and the focus. */
async function renew() {
  const number = ++asked;
  const query = new URLSearchParams();
  for (const name of QUERY) {
    const value = new FormData(form).get(name);
    if (value) query.set(name, value);
  }
  if (chosen) query.set('start', chosen);
  const key = (form.elements.key ?? form.elements.typed)?.value;
  if (key) query.set('typed', key);
  const href = `${form.getAttribute('action')}?${query}`;
  try {
    const { page } = await fetchMain(href);
    const fresh = page.querySelector('#caller');
    if (number !== asked) return;
    if (!fresh) throw new Error('another page');
    form.method = fresh.method;
    for (const old of document.querySelectorAll('[data-part]')) replace(old, page.getElementById(old.id));
    history.replaceState(history.state, '', href);
    showsItself();
    hold();
  } catch {
    // Nobody is signed in any more, or the server does not answer: the button says which, and keeps what was typed.
    if (number === asked) form.querySelector('.caller__show').hidden = false;
  }
}

function showsItself() {
  form.querySelector('.caller__show').hidden = true;
}

function replace(old, fresh) {
  const focused = old.contains(document.activeElement) ? document.activeElement : undefined;
  // A list that is open under somebody's hand stays; what it offers does not depend on what is chosen in it.
  if (!fresh || focused?.matches('select')) return;
  remember(old);
  const doubts = old.querySelector('#caller-doubts');
  const open = old.querySelector('details[open]');
  const place = focused && [focused.selectionStart, focused.selectionEnd];
  old.replaceChildren(...fresh.childNodes);
  for (const [name, value] of typed) fill(name, value);
  if (doubts?.childElementCount) old.querySelector('#caller-doubts')?.replaceWith(doubts);
  if (open && old.querySelector('details')) old.querySelector('details').open = true;
  if (!focused) return;
  const same = document.getElementById(focused.id);
  same?.focus({ preventScroll: true });
  if (same?.matches('input[type="text"], input[type="tel"], textarea')) same.setSelectionRange(...place);
}

/**
 * Notes what differs from what the page came with, so that what depends on the choices can change. A field that is not
 * asked for any more keeps its text until it is asked for again.
 */
function remember(part) {
  if (part.id !== 'caller-told' && part.id !== 'caller-key') return;
  for (const field of part.querySelectorAll('input, select, textarea')) {
    const { name, value } = field;
    if (NOT_TYPED.includes(name)) continue;
    if (field.type === 'radio') {
      if (field.checked && !field.defaultChecked) typed.set(name, value);
    } else if (field.type === 'hidden' || value !== startOf(field)) typed.set(name, value);
    else typed.delete(name);
  }
}

function startOf(field) {
  if (!field.matches('select')) return field.defaultValue;
  return ([...field.options].find(({ defaultSelected }) => defaultSelected) ?? field.options[0]).value;
}

function fill(name, value) {
  const field = form.elements[name];
  if (field) field.value = value;
}

/** Whoever takes the slot that is running stands at the door. */
function comesBy(radio) {
  fill('source', radio.closest('.caller__running') ? 'walk_in' : 'phone');
}

function wanted() {
  const data = new FormData(form);
  return JSON.stringify(['start', ...QUERY].map((name) => data.get(name)));
}

/** Holds the chosen time as soon as there is a name, and again while somebody types; lets go of what is not chosen any more. */
function hold() {
  const data = new FormData(form);
  const start = data.get('start');
  if (!start || !String(data.get('name') ?? '').trim()) {
    if (holding && !start) letGo();
    return;
  }
  const of = wanted();
  if (holding?.of === of && Date.now() - holding.at < RENEW_MS) return;
  holding = { of, at: Date.now() };
  ask('hold', new URLSearchParams(data), async (answer) => {
    if (holding?.of !== of) return;
    held.textContent = answer.ok || answer.status === 409 ? await answer.text() : '';
    if (!answer.ok) holding = undefined;
  });
}

function letGo() {
  holding = undefined;
  held.textContent = '';
  ask('leave', ownFields('leave'), () => undefined);
}

function ask(step, body, then) {
  body.set('step', step);
  queue = queue.then(async () => {
    try {
      await then(await fetch(form.getAttribute('action'), { method: 'POST', body, redirect: 'error' }));
    } catch {
      // Then nothing is held, and the time is taken when it is booked.
      holding = undefined;
      held.textContent = '';
    }
  });
}

function ownFields(step) {
  const { key, _csrf } = Object.fromEntries(new FormData(form));
  return new URLSearchParams({ step, key: key ?? '', _csrf: _csrf ?? '' });
}

/** Looks up who has the name that is being typed; a likely slip of the pen in the address is found, too. */
async function lookUp() {
  const number = ++named;
  const { name = '', email = '', _csrf = '' } = Object.fromEntries(new FormData(form));
  const doubts = document.querySelector('#caller-doubts');
  if (name.trim().length < 2) return doubts?.replaceChildren();
  const body = new URLSearchParams({ step: 'names', name, email, _csrf });
  try {
    const answer = await fetch(form.getAttribute('action'), { method: 'POST', body, redirect: 'error' });
    const html = answer.ok ? await answer.text() : '';
    if (number === named) document.querySelector('#caller-doubts').innerHTML = html;
  } catch {
    // The page asks when it is booked.
  }
}

function take({ dataset: { name, phone, email, mailLanguage } }) {
  for (const [field, value] of Object.entries({ name, phone, email, mailLanguage })) fill(field, value);
  if (email) document.querySelector('#caller-told details').open = true;
  form.elements.phone.focus();
  hold();
  void lookUp();
}
