import { randomUUID } from 'node:crypto';
import { argon2Passwords } from '../../../src/identity/passwords';
import { openUrl } from '../../support/databases';
import { DESK } from './desk';

const EMAIL = 'reception@expat-desk.example';
const PASSWORD = 'correct horse battery staple';
const WISH = 'language=en&topic=career&mode=phone';

/** Adds the receptionist as whom the probes sign in. */
export async function addReceptionist(databaseUrl: string): Promise<void> {
  const { storage } = await openUrl(databaseUrl, { now: Date.now() });
  const passwordHash = await argon2Passwords.hash(PASSWORD);
  const user = {
    id: 'reception',
    email: EMAIL,
    name: 'Fault Reception',
    role: 'receptionist',
    advisorId: null,
  } as const;
  await storage.write(({ staff }) => staff.addUser({ ...user, deskId: DESK, passwordHash }));
  await storage.close();
}

/** @returns the receptionist's cookie */
export async function signIn(origin: string): Promise<string> {
  const answer = await fetch(`${origin}/staff/sign-in`, {
    method: 'POST',
    redirect: 'manual',
    headers: { 'Sec-Fetch-Site': 'same-origin' },
    body: new URLSearchParams({ email: EMAIL, password: PASSWORD }),
  });
  const cookie = answer.headers.get('set-cookie')?.split(';')[0];
  if (!cookie) throw new Error('the receptionist cannot sign in');
  return cookie;
}

/** The parts of an answer in which a fault may show. */
export interface Probed {
  readonly path: string;
  readonly status: number;
  readonly retryAfter: boolean;
}

/** Requests to pages and API of every kind, for a test to send while a fault lasts. */
export interface Probes {
  /** Pages of the public and of reception, the API, liveness and readiness. */
  reads(): Promise<Probed[]>;
  /** A booking and a hold by the API, a time taken in the form, a cancellation, a sign-in. */
  writes(): Promise<Probed[]>;
}

/** Signs the receptionist in and books one consultation, so it must be called before the fault begins. */
export async function probes(origin: string): Promise<Probes> {
  const sameOrigin = { 'Sec-Fetch-Site': 'same-origin' };
  const signIn = () => post('/staff/sign-in', new URLSearchParams({ email: EMAIL, password: PASSWORD }), sameOrigin);
  const post = (path: string, body: URLSearchParams | object, headers: Record<string, string> = {}) =>
    ask(path, {
      method: 'POST',
      headers: body instanceof URLSearchParams ? headers : { 'Content-Type': 'application/json', ...headers },
      body: body instanceof URLSearchParams ? body : JSON.stringify(body),
    });
  const ask = (path: string, init: RequestInit) =>
    fetch(origin + path, { redirect: 'manual', signal: AbortSignal.timeout(60_000), ...init });
  const probed = async (path: string, asked: Promise<Response>): Promise<Probed> => {
    const answer = await asked;
    await answer.arrayBuffer();
    return { path, status: answer.status, retryAfter: answer.headers.has('retry-after') };
  };

  const slots = `/api/v1/desks/${DESK}/slots?topic=career&language=en`;
  const free = ((await (await ask(slots, {})).json()) as { slots: { start: string }[] }).slots;
  const booking = () => ({
    topic: 'career',
    language: 'en',
    mode: 'phone',
    start: start(),
    client: { name: 'Fault Probe', email: `${randomUUID()}@client.example`, phone: '+49 30 23125 001' },
    consent: true,
  });
  // One of the last 500 free starts, which the parallel bookers do not want.
  const start = () => free[free.length - 1 - Math.floor(Math.random() * 500)]?.start ?? '';
  const booked = await post(`/api/v1/desks/${DESK}/bookings`, booking());
  const manage = String(((await booked.json()) as { manageUrl: string }).manageUrl).replace(/.*\/b\//, '/b/');
  const cookie = (await signIn()).headers.get('set-cookie')?.split(';')[0];
  if (!cookie) throw new Error('the receptionist cannot sign in');

  const publicPages = ['/healthz', '/readyz', '/', `/en/${DESK}`, `/de/${DESK}/book/time?${WISH}`, manage];
  const api = [slots, '/api/v1/desks', `/api/v1/desks/${DESK}`, `/api/v1/bookings/${manage.slice(3)}`];
  const staffPages = [`/staff/${DESK}/day`, `/staff/${DESK}/bookings`, `/staff/${DESK}/tasks`];
  return {
    reads: () =>
      Promise.all([
        ...[...publicPages, ...api].map((path) => probed(path, ask(path, {}))),
        ...staffPages.map((path) => probed(path, ask(path, { headers: { cookie } }))),
      ]),
    writes: () =>
      Promise.all([
        probed('booking', post(`/api/v1/desks/${DESK}/bookings`, booking())),
        probed('hold', post(`/api/v1/desks/${DESK}/holds`, { topic: 'career', language: 'en', start: start() })),
        probed('form', post(`/en/${DESK}/book/time?${WISH}`, new URLSearchParams({ start: start() }), sameOrigin)),
        probed('cancellation', post(`/api/v1${manage.replace('/b/', '/bookings/')}/cancel`, {})),
        probed('sign-in', signIn()),
      ]),
  };
}
