/*
 * The buttons of the cards: the form "deeds" is sent without leaving the page. The answer is the lane with the message
 * about what was done; or the booking's page that says why not, which the panel shows.
 */
import { fetchMain } from './staffFragment.js';
import { renewSoon, replaceLane, replaceParts } from './staffParts.js';

/** @param showRefusal shows the main part of a booking's page */
export function startDeeds(form, showRefusal) {
  form.addEventListener('submit', async (event) => {
    const { submitter } = event;
    if (!submitter?.hasAttribute('formaction')) return;
    event.preventDefault();
    if (form.hasAttribute('data-busy')) return;
    form.dataset.busy = '';
    try {
      await send(form, submitter, showRefusal);
    } catch {
      // Without a connection the browser says so on a page of its own, and "back" leads here.
      form.action = submitter.formAction;
      const version = Object.assign(document.createElement('input'), { type: 'hidden', name: 'version' });
      version.value = submitter.value;
      form.append(version);
      form.submit();
    } finally {
      delete form.dataset.busy;
    }
  });
}

async function send(form, submitter, showRefusal) {
  const lane = laneOf(submitter);
  const booking = submitter.closest('.board-card')?.dataset.booking;
  const body = new URLSearchParams(new FormData(form, submitter));
  if (lane) body.set('lane', lane.id.slice('lane-'.length));
  const { response, page } = await fetchMain(submitter.formAction, { method: 'POST', body });
  if (page.querySelector('[type="password"]')) return location.reload();
  if (!page.getElementById('board-did'))
    return response.ok || page.querySelector('[role="alert"]') ? showRefusal(page, booking) : location.reload();
  const fresh = page.querySelector('.lane');
  if (lane && fresh) replaceLane(lane, fresh, booking);
  replaceParts(page);
  if (lane) renewSoon();
}

/** The lane of the card, or of the one of which the message tells. */
function laneOf(button) {
  const { advisor } = button.closest('[data-advisor]')?.dataset ?? {};
  return button.closest('.lane') ?? document.querySelector(`.lane[data-advisor="${CSS.escape(advisor ?? '')}"]`);
}
