/*
 * The search over every page: "/" opens it, what is typed is looked for at once, arrows go through what was found, Enter
 * opens it, A checks in, M moves. Without this script the link leads to the page of the search.
 *
 * What was typed stays in this dialog, and is gone when it closes.
 */
const dialog = document.querySelector('#palette');
const input = dialog?.querySelector('input[type="search"]');
const results = dialog?.querySelector('.palette__results');
/** Long enough for the next letter of somebody who types with a receiver at the ear. */
const PAUSE_MS = 50;
let timer;
/** The number of the last question, so that an answer that comes late does not replace a newer one. */
let asked = 0;

if (dialog && input && results) {
  for (const link of document.querySelectorAll('[data-palette]'))
    link.addEventListener('click', (event) => {
      event.preventDefault();
      open();
    });
  document.addEventListener('keydown', (event) => {
    if (event.key !== '/' || event.ctrlKey || event.metaKey || event.altKey || isField(event.target) || keysAreOff())
      return;
    event.preventDefault();
    open();
  });
  input.addEventListener('input', () => {
    clearTimeout(timer);
    timer = setTimeout(look, PAUSE_MS);
  });
  dialog.querySelector('form').addEventListener('submit', (event) => {
    event.preventDefault();
    const first = hits()[0];
    if (first) first.click();
    else look();
  });
  dialog.addEventListener('keydown', move);
  // On the board the card is taken into the hand, without leaving the page.
  results.addEventListener('click', (event) => {
    const link = event.target.closest('[data-pick]');
    if (!link || !document.querySelector('.board--drawn')) return;
    event.preventDefault();
    dialog.close();
    const detail = { booking: link.dataset.pick, href: link.href };
    document.dispatchEvent(new CustomEvent('sprechstunde:pick', { detail }));
  });
  dialog.addEventListener('close', () => {
    input.value = '';
    results.replaceChildren();
    asked++;
  });
}

function open() {
  if (!dialog.open) dialog.showModal();
  input.focus();
}

async function look() {
  const number = ++asked;
  const form = dialog.querySelector('form');
  if (!input.value.trim()) return results.replaceChildren();
  const body = new URLSearchParams(new FormData(form));
  try {
    const answer = await fetch(form.action, { method: 'POST', body, redirect: 'error' });
    if (!answer.ok) throw new Error(String(answer.status));
    const html = await answer.text();
    if (number === asked) results.innerHTML = html;
  } catch {
    // The page of the search says what is wrong: nobody is signed in any more, or the desk's server does not answer.
    if (number === asked) location.assign(dialog.dataset.page);
  }
}

function move(event) {
  const all = hits();
  const at = all.indexOf(document.activeElement);
  const line = document.activeElement?.closest('.palette__line');
  if (event.key === 'ArrowDown') all[Math.min(at + 1, all.length - 1)]?.focus();
  else if (event.key === 'ArrowUp' && at <= 0) input.focus();
  else if (event.key === 'ArrowUp') all[at - 1]?.focus();
  else if (line && /^[am]$/i.test(event.key) && !event.ctrlKey && !event.metaKey)
    line.querySelector(`[data-key="${event.key.toLowerCase()}"]`)?.click();
  else return;
  event.preventDefault();
}

function hits() {
  return [...results.querySelectorAll('.palette__hit')];
}

function isField(element) {
  return Boolean(
    element.closest?.(
      'input:not([type="checkbox"], [type="radio"], [type="button"]), textarea, select, [contenteditable]',
    ),
  );
}

/** Single letters can be switched off, for those who speak to their computer (WCAG 2.1.4). */
function keysAreOff() {
  return localStorage.getItem('sprechstunde.letters') === 'off';
}
