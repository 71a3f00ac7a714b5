/*
 * Renews the lanes that a change of somebody else is about. It is told of by the event sprechstunde:booking on the
 * document: detail { id, version, day, advisor, from? { day?, advisor? } or an advisor's id }. While a card is held (data-holding on the
 * board), nothing moves under the hand; it is renewed after.
 */
import { renewAll, renewLane, renewSoon } from './staffParts.js';

const board = document.querySelector('.board');
let waiting = [];
/** The hours or the queue have changed, or something may have been missed. */
let isAllWaiting = false;

export function startLaneEvents() {
  document.addEventListener('sprechstunde:booking', ({ detail }) => {
    waiting.push(detail);
    flush();
  });
  document.addEventListener('sprechstunde:held', ({ detail: { advisor } }) => {
    for (const { dataset } of document.querySelectorAll(`.lane[data-advisor="${CSS.escape(advisor)}"]`))
      waiting.push({ day: dataset.date, advisor });
    flush();
  });
  for (const name of ['hours', 'queue', 'reset'])
    document.addEventListener(`sprechstunde:${name}`, () => {
      isAllWaiting = true;
      flush();
    });
  new MutationObserver(flush).observe(board, { attributeFilter: ['data-holding'] });
}

async function flush() {
  if (board.hasAttribute('data-holding')) return;
  const changes = waiting;
  waiting = [];
  if (isAllWaiting) {
    isAllWaiting = false;
    return renewAll();
  }
  const lanes = new Map();
  let isMissing = false;
  for (const { id, version, day, advisor, from } of changes) {
    if (id && document.getElementById(`card-${id}`)?.dataset.version === String(version)) continue;
    const before = id && document.getElementById(`card-${id}`)?.closest('.lane');
    if (before) lanes.set(before, id);
    for (const place of [{}, typeof from === 'string' ? { advisor: from } : from].filter(Boolean)) {
      const lane = laneOf({ day, advisor, ...place });
      if (lane) lanes.set(lane, id);
      else if ((place.day ?? day) === board.dataset.date && !isFiltered()) isMissing = true;
    }
  }
  const found = await Promise.all([...lanes].map(([lane, id]) => renewLane(lane, id)));
  if (isMissing || found.includes(false)) await renewAll();
  else if (lanes.size > 0) renewSoon();
}

function laneOf({ day, advisor }) {
  return document.querySelector(`.lane[data-date="${CSS.escape(day)}"][data-advisor="${CSS.escape(advisor)}"]`);
}

/** Who is hidden by a filter has no lane, and needs none. */
function isFiltered() {
  return document.getElementById('board-shown')?.childElementCount > 0;
}
