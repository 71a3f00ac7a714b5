/*
 * Whoever is in another zone sees their own time beside the desk's, wherever a start stands (data-start). Without this the
 * page says whose clock it is.
 */
const { zone, text } = document.querySelector('[data-own-time]').dataset;
const { lang } = document.documentElement;
const own = Intl.DateTimeFormat().resolvedOptions().timeZone;

const clock = (at, timeZone, weekday) =>
  new Intl.DateTimeFormat(`${lang}-u-nu-latn`, {
    ...(weekday && { weekday: 'short' }),
    hour: '2-digit',
    minute: '2-digit',
    hourCycle: 'h23',
    timeZone,
  }).format(at);
const day = (at, timeZone) => new Intl.DateTimeFormat('en-CA', { timeZone }).format(at);

for (const place of document.querySelectorAll('[data-start]')) {
  const at = new Date(place.dataset.start || place.value);
  const isOtherDay = day(at, own) !== day(at, zone);
  if (!isOtherDay && clock(at, own) === clock(at, zone)) continue;
  const said = document.createElement('span');
  said.className = 'own-time';
  said.textContent = text.replace('{time}', clock(at, own, isOtherDay));
  place.append(' ', said);
}
