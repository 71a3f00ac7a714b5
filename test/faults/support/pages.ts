import { hiddenFields } from '../../support/staff';
import { anyone, ask, type Client, type Heard, type Known } from './client';
import { DESK } from './desk';

/** The header that a browser sends with a form of our own pages. */
export const SAME_SITE = { 'Sec-Fetch-Site': 'same-origin' };
const WISH = 'topic=residence&language=en&mode=phone';

/** The last form on somebody's way to a booking, before its button is pressed. */
export interface FilledIn {
  /** Presses the button, at the program with this address. */
  send(origin: string): Promise<Heard>;
  /** The page that says that it is booked. */
  confirmation(origin: string): Promise<Heard>;
  /** The page with the button, as the back button shows it. */
  back(origin: string): Promise<Heard>;
}

/**
 * Takes a time and fills in the form, up to the page that asks to check it. @param which the index of the start among
 * the free ones
 */
export async function filledIn({ origin, slots }: Client, which: number): Promise<FilledIn> {
  const book = `/en/${DESK}/book`;
  const start = (await slots())[which] as string;
  const post = (at: string, path: string, fields: Record<string, string>, cookie = '') =>
    ask(`${at}${book}/${path}`, { body: new URLSearchParams(fields), headers: { ...SAME_SITE, cookie } });
  const held = await post(origin, `time?${WISH}`, { start });
  const cookie = held.headers
    .getSetCookie()
    .map((each) => each.split(';')[0])
    .join('; ');
  const details = { name: 'Fault Probe', email: anyone(), phone: '+49 211 5550100', consent: 'true', forWhom: 'me' };
  const told = await post(origin, 'details', details, cookie);
  if (told.headers.get('location') !== `${book}/check`) throw new Error(`not taken: ${held.status}, ${told.status}`);
  const look = (at: string, path: string) => ask(`${at}${book}/${path}`, { headers: { cookie } });
  const hidden = [...(await look(origin, 'check')).text.matchAll(/type="hidden" name="(\w+)" value="([^"]*)"/g)];
  const form = Object.fromEntries(hidden.map(([, name = '', value = '']) => [name, value]));
  return {
    send: (at) => post(at, 'check', form, cookie),
    confirmation: (at) => look(at, 'done'),
    back: (at) => look(at, 'check'),
  };
}

/**
 * Opens reception's page to move a booking.
 *
 * @returns a function that presses the button, for the first free start on the date three days after the booking
 */
export async function moveByPage(origin: string, cookie: string, { id, start }: Known): Promise<() => Promise<Heard>> {
  const path = `/staff/bookings/${id}/move`;
  const day = new Date(Date.parse(start) + 3 * 86_400_000).toISOString().slice(0, 10);
  const { text } = await ask(`${origin}${path}?date=${day}`, { headers: { cookie } });
  const free = /name="start" id="[\w-]+" value="([^"]+)"/.exec(text)?.[1] ?? '';
  const fields = new URLSearchParams({ ...hiddenFields(text, path), start: free });
  return () => ask(origin + path, { body: fields, headers: { ...SAME_SITE, cookie } });
}

/** Presses "cancel" on the client's own page. */
export function cancelByPage(origin: string, { token }: Known): Promise<Heard> {
  return ask(`${origin}/b/${token}/cancel`, {
    body: new URLSearchParams({ why: 'none', reason: '' }),
    headers: SAME_SITE,
  });
}
