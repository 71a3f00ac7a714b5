/*
 * Draws the day as a calendar, a column for each person, from the table that the server printed. The table stays in the page:
 * it is what is printed, what phones show, and what there is without this script. All times are the desk's own clock, as text.
 */
import { stripTableRoles } from './staffCalendar.js';
import { renewOn } from './staffRenew.js';

const board = document.querySelector('.board');
const stage = board.querySelector('.board-calendar');
/** Below this a column would be narrower than a name. */
const wide = matchMedia('(min-width: 48rem)');
const SLOT_MINUTES = 15;
/** So that half an hour holds three lines. */
const SLOT_HEIGHT = 29;
/** Before the current time, what has just begun is seen as well. */
const SEEN_BEFORE_MINUTES = 30;
const loadedAt = performance.now();
const { free, closed, away, held, buffer } = board.dataset;
const words = { free, closed, away, held, buffer };

let calendar;

renewOn(['booking', 'held', 'hours', 'reset'], {
  isMeant: ({ day, from }, name) => name !== 'booking' || [day, from?.day].includes(board.dataset.date),
  within: '.board',
  kept: ['.board-head', '.board-calendar'],
  // The frame of the calendar, which is drawn only once.
  shapeOf: (one) => {
    const advisors = [...one.querySelectorAll('tbody[data-advisor]')].map(({ dataset }) => dataset.advisor);
    return [one.dataset.date, one.dataset.from, one.dataset.to, ...advisors].join();
  },
  renewed: () => {
    showVideoStarts();
    const columns = [...board.querySelectorAll('tbody[data-advisor]')];
    calendar?.setOption('events', [...columns.flatMap(eventsOf), ...nowLine()]);
  },
});
setInterval(showVideoStarts, 30_000);
showVideoStarts();
board.querySelector('.board-tools').hidden = false;
board.querySelector('[data-print]').addEventListener('click', () => print());
// Whoever came by "one page per person" wants paper.
if ('printNow' in board.dataset) addEventListener('load', () => print());
if (stage && board.dataset.table !== 'only') {
  wide.addEventListener('change', show);
  show();
}

function show() {
  const asCalendar = wide.matches;
  board.classList.toggle('board--calendar', asCalendar);
  stage.hidden = !asCalendar;
  if (asCalendar && !calendar) calendar = draw();
}

function draw() {
  const columns = [...board.querySelectorAll('tbody[data-advisor]')];
  stage.setAttribute('role', 'group');
  stage.setAttribute('aria-label', board.dataset.label);
  const drawn = EventCalendar.create(stage, {
    view: 'resourceTimeGridDay',
    date: board.dataset.date,
    // Nothing is converted: the times of the table are shown as they stand.
    timeZone: 'UTC',
    locale: document.documentElement.lang,
    resources: columns.map((column) => ({ id: column.dataset.advisor, title: column.dataset.name })),
    resourceLabelContent: ({ resource }) => ({
      domNodes: [heading(columns.find((c) => c.dataset.advisor === resource.id))],
    }),
    events: [...columns.flatMap(eventsOf), ...nowLine()],
    eventContent: ({ event: { extendedProps } }) => {
      if (extendedProps.row) return { domNodes: [card(extendedProps.row), ...videoStart(extendedProps.row)] };
      return extendedProps.word ? { domNodes: [text('span', 'ground__word', extendedProps.word)] } : '';
    },
    eventClassNames: ({ event }) => event.extendedProps.classes,
    slotMinTime: board.dataset.from,
    slotMaxTime: board.dataset.to,
    scrollTime: firstSeen(),
    slotDuration: { minutes: SLOT_MINUTES },
    slotLabelInterval: { hours: 1 },
    slotLabelFormat: { hour: '2-digit', minute: '2-digit', hourCycle: 'h23' },
    slotHeight: SLOT_HEIGHT,
    columnWidth: 'minmax(9.5rem, 1fr)',
    allDaySlot: false,
    eventStartEditable: false,
    eventDurationEditable: false,
    headerToolbar: { start: '', center: '', end: '' },
  });
  stripTableRoles(stage);
  // What scrolls can be scrolled by keyboard, on a day without a booking as well.
  stage.querySelector('.ec-main').tabIndex = 0;
  // Drawn anew, not moved: a page opened before the desk has no line yet, and one that is left open must lose it.
  setInterval(() => {
    // Every card is made again with it: not while the keyboard is on one.
    if (stage.contains(document.activeElement)) return;
    for (const { dataset } of columns) drawn.removeEventById(`now ${dataset.advisor}`);
    for (const event of nowLine()) drawn.addEvent(event);
  }, 30_000);
  return drawn;
}

function eventsOf(column) {
  const { advisor, hours, away, free, held, buffer } = column.dataset;
  const ground = (stretches, kind) =>
    stretches.map(([start, end], i) => ({
      id: `${kind} ${advisor} ${i}`,
      resourceIds: [advisor],
      start: at(start),
      end: at(end),
      display: 'background',
      // What a stretch is, is written on it: tones and patterns alone would be lost on some, and in forced colours.
      extendedProps: {
        classes: [`ground--${kind}`],
        word: kind === 'free' ? `${words[kind]} ${start}–${end}` : words[kind],
      },
    }));
  const bookings = [...column.querySelectorAll('tr[data-start]')].map((row) => ({
    id: row.querySelector('a').getAttribute('href'),
    resourceIds: [advisor],
    start: row.dataset.start,
    end: row.dataset.end,
    extendedProps: { row, classes: [`event--${row.dataset.state}`, `event--${roomIn(row)}`] },
  }));
  return [
    ...ground(outside(spans(hours)), 'closed'),
    ...ground(spans(away), 'away'),
    ...ground(spans(free), 'free'),
    ...ground(spans(held), 'held'),
    ...ground(spans(buffer), 'buffer'),
    ...bookings,
  ];
}

/** "09:00-12:00 13:00-17:00" as pairs. */
function spans(text) {
  return text.split(' ').flatMap((span) => (span ? [span.split('-')] : []));
}

/** What of the shown day is in none of the stretches. */
function outside(stretches) {
  const gaps = [];
  let from = board.dataset.from;
  for (const [start, end] of stretches) {
    if (from < start) gaps.push([from, start]);
    from = end;
  }
  if (from < board.dataset.to) gaps.push([from, board.dataset.to]);
  return gaps;
}

function at(time) {
  return `${board.dataset.date}T${time}`;
}

/** How many lines a card of this length holds: one, three, or enough to write everything out. */
function roomIn(row) {
  const length = minutes(row.dataset.end.slice(11)) - minutes(row.dataset.start.slice(11));
  if (length < 25) return 'short';
  return length < 40 ? 'usual' : 'long';
}

function minutes(time) {
  return Number(time.slice(0, 2)) * 60 + Number(time.slice(3));
}

/** "13:05" of minutes since midnight. */
function clock(m) {
  return `${String(Math.floor(m / 60)).padStart(2, '0')}:${String(m % 60).padStart(2, '0')}`;
}

/** The server's clock, carried on: a PC that is wrong, or in another zone, does not move the line. Null on other days. */
function minutesNow() {
  const [date, time] = board.dataset.now.split('T');
  return date === board.dataset.date ? minutes(time) + Math.floor((performance.now() - loadedAt) / 60_000) : null;
}

/** Today it is now that somebody wants to see, on other days the beginning. */
function firstSeen() {
  const now = minutesNow() ?? 0;
  return `${clock(Math.max(minutes(board.dataset.from), now - SEEN_BEFORE_MINUTES))}:00`;
}

/** What starts a video consultation is there from shortly before it until its end, on a page that was opened before as well. */
function showVideoStarts() {
  const now = minutesNow();
  for (const link of board.querySelectorAll('a[data-from]')) {
    const { end } = link.closest('tr').dataset;
    link.hidden = now === null || !isWithin(`${board.dataset.date}T${clock(now)}`, link.dataset.from, end);
  }
}

function isWithin(time, from, end) {
  return from <= time && time < end;
}

function nowLine() {
  const now = minutesNow();
  if (now === null || now < minutes(board.dataset.from) || now >= minutes(board.dataset.to)) return [];
  return [...board.querySelectorAll('tbody[data-advisor]')].map(({ dataset }) => ({
    id: `now ${dataset.advisor}`,
    resourceIds: [dataset.advisor],
    start: at(clock(now)),
    end: at(clock(now + 1)),
    display: 'background',
    extendedProps: { classes: ['ground--now'] },
  }));
}

function heading(column) {
  const name = text('span', 'board-name', column.dataset.name);
  if (column.dataset.own) name.append(' ', text('span', 'board-table__own', column.dataset.own));
  name.append(' ', text('span', 'board-about', column.dataset.languages));
  return name;
}

/** A booking as one link: what is seen is what is read out, and the person of the column after it. */
function card(row) {
  const cell = (name) => {
    const copy = row.querySelector(`.board-table__${name}`).cloneNode(true);
    // It is a link of its own, beside that of the card.
    copy.querySelector('a[data-from]')?.remove();
    return copy.textContent.trim();
  };
  const link = text('a', 'event', '');
  link.href = row.querySelector('a').getAttribute('href');
  // The usual state needs no word on a narrow card, but whoever hears the card hears it.
  const seen = row.dataset.state === 'confirmed' ? 'kern-sr-only' : 'event__state';
  link.append(
    text('span', 'event__time', row.dataset.start.slice(11)),
    ' ',
    text('span', seen, cell('state')),
    ' ',
    text('span', 'event__name', text('bdi', '', cell('client'))),
    ' ',
    text('span', 'event__about', [cell('language'), cell('mode'), cell('topic')].join(' · ')),
    text('span', 'kern-sr-only', `, ${row.closest('tbody').dataset.name}`),
  );
  link.title = link.textContent;
  return link;
}

/** The row's link that starts the video, if it is time. */
function videoStart(row) {
  const link = row.querySelector('a[data-from]');
  return link && !link.hidden ? [link.cloneNode(true)] : [];
}

function text(tag, className, content) {
  const element = document.createElement(tag);
  element.className = className;
  element.append(content);
  return element;
}
