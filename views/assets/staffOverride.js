/*
 * Places that are no targets by themselves: five minutes earlier, after closing, on a day on which nobody is there. The
 * server says of each which rule it leaves, or why it is impossible; staff give a reason (the dialog "override").
 */
import { parsed } from './staffFragment.js';

const dialog = document.getElementById('override');
const reason = document.getElementById('override-reason');

/**
 * Asks for a reason to leave a rule.
 *
 * @param text what would be done, and against which rule
 * @returns the reason; undefined: it is not to be done
 */
export function askReason(text) {
  dialog.querySelector('[data-override-said]').textContent = text;
  reason.value = '';
  reason.required = true;
  dialog.returnValue = '';
  dialog.showModal();
  reason.focus();
  return new Promise((done) =>
    dialog.addEventListener('close', () => done(dialog.returnValue === 'yes' ? reason.value.trim() : undefined), {
      once: true,
    }),
  );
}

/** Adds the reason to the request of a target: to the move of the booking that was in the hand. */
export function bodyWith(body, text) {
  const { moves } = JSON.parse(body);
  const [first, ...others] = moves;
  return JSON.stringify({ moves: [{ ...first, reason: text }, ...others] });
}

/** Asks about one place. @param address the question for targets @returns the target, or the refusal with its reason */
export async function placeAt(address, { lane, time }) {
  address.searchParams.set('place', `${lane.dataset.date}T${time}`);
  address.searchParams.set('advisor', lane.dataset.advisor);
  const response = await fetch(address);
  if (!response.ok) return undefined;
  const [item] = parsed(await response.text()).querySelectorAll('#targets li');
  return item;
}
