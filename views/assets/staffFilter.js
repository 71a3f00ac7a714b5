/* Who is shown, at once: the board of the new address takes the place of the old one. */
import { takeHead } from './staffDays.js';
import { fetchMain } from './staffFragment.js';
import { replaceParts } from './staffParts.js';

export function startFilter(form) {
  form.addEventListener('change', async () => {
    const address = new URL(form.action);
    for (const [name, value] of new FormData(form)) if (value) address.searchParams.set(name, value);
    try {
      const { response, page } = await fetchMain(address);
      if (!response.ok || !page.getElementById('board-scroll')) return location.assign(address);
      history.replaceState(history.state, '', address);
      replaceParts(page);
      // The filter goes along to other days, and with the buttons of the cards.
      takeHead(page);
    } catch {
      location.assign(address);
    }
  });
}
