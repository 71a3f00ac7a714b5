// Prints what the opening_hours package makes of the hours in argv[2] from 2026 to 2028, as [start, end, comment], in epoch ms.
// A program of its own because the package computes in the zone of its process: it must be run with TZ=Europe/Berlin.
const OpeningHours = require('opening_hours');

const northRhine = { lat: 51.2, lon: 6.8, address: { country_code: 'de', state: 'Nordrhein-Westfalen' } };
const hours = new OpeningHours(process.argv[2], northRhine);
const open = hours.getOpenIntervals(new Date(2026, 0, 1), new Date(2029, 0, 1));
process.stdout.write(
  JSON.stringify(open.map(([start, end, , comment]) => [start.getTime(), end.getTime(), comment ?? null])),
);
