/* Another day in the place of this one, without leaving the page: the address, the head and the parts are of that day. */
import { fetchMain } from './staffFragment.js';
import { replaceParts } from './staffParts.js';

/** What belongs to the day and is no part that is renewed with it. */
const HEAD = ['.board-head__title', '.board-steps', '.board-views', '#deeds', '.board-print'];
const board = document.querySelector('.board');

/** Shows the day at the address. @param more what is asked for beside, and not kept in the address */
export async function showDay(href, more = {}) {
  try {
    const asked = new URL(href, location.href);
    for (const [name, value] of Object.entries(more)) asked.searchParams.set(name, value);
    const { response, page } = await fetchMain(asked);
    const fresh = page.querySelector('.board');
    if (!response.ok || !page.getElementById('board-scroll')) return location.assign(href);
    const address = new URL(href, location.href);
    address.searchParams.delete('pick');
    history.pushState({}, '', address);
    board.dataset.date = fresh.dataset.date;
    replaceParts(page);
    takeHead(page);
    const date = document.getElementById('date');
    date.value = fresh.dataset.date;
    const canvas = page.querySelector('.canvas');
    if (canvas) Object.assign(document.querySelector('.canvas').dataset, canvas.dataset);
  } catch {
    location.assign(href);
  }
}

/** Takes over what stands around the board, such as its title and the links to the days before and after. */
export function takeHead(page) {
  for (const selector of HEAD) {
    const [old, fresh] = [document.querySelector(selector), page.querySelector(selector)];
    if (old && fresh) old.replaceChildren(...fresh.childNodes);
  }
}
