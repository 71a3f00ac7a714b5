import { request } from 'node:http';
import { text } from 'node:stream/consumers';
import { setTimeout as rest } from 'node:timers/promises';
import type { Storage } from '../../src/app/ports/storage';
import { DAY } from '../../src/domain/calendar/dates';
import { languagesForTopic } from '../../src/domain/offering';
import { openUrl } from '../support/databases';
import { fill } from './fill';
import { type FullDesk, fullDesk } from './fullDesk';
import type { Measure } from './measure';
import { progress, type Ready, type Setting } from './setting';

const PAGES = 10;
/** Between two looks at /healthz, ms. */
const PROBE_MS = 2;
/** Of a hundred half hours, so many stay free at the second desk: there the search has something to try. */
const GAPS_PERCENT = 3;
const WARM_UPS = 3;

/**
 * What ten clients of a small desk that is booked out do to everybody else, each round after an absence was added or
 * removed: everything that was found out before is old. Then one page after the other is asked for, each after such a
 * change and once more.
 */
export async function full(setting: Setting): Promise<Measure[]> {
  return [
    ...(await ofDesk(setting, 'a full small desk', fullDesk(Date.now()))),
    ...(await ofDesk(setting, 'the same with gaps', fullDesk(Date.now(), { gaps: GAPS_PERCENT }))),
  ];
}

/** What is asked of the desk, besides ten day pages at once. */
const ASKED = {
  day: 'a day page',
  start: 'its start page',
  explain: '`…/slots/explain`',
  move: 'the page that moves a booking',
  gone: 'a 409 with what is near',
} as const;
type Asked = keyof typeof ASKED;

async function ofDesk(setting: Setting, name: string, full: FullDesk): Promise<Measure[]> {
  const databaseUrl = `file:${setting.file('full')}`;
  await fill(databaseUrl, full);
  const program = await setting.program(databaseUrl);
  const asked = await queries(full, program);
  const { storage } = await openUrl(databaseUrl, { now: Date.now() });
  const change = absences(storage, full.desk);
  const [health, slowest]: [number[], number[]] = [[], []];
  const none = () => Object.fromEntries(Object.keys(ASKED).map((what) => [what, [] as number[]]));
  const [cold, warm] = [none(), none()];
  let looks = 0;
  for (let round = 1 - WARM_UPS; round <= setting.rounds; round++) {
    if (round > 0) progress(`${name}, round ${round} of ${setting.rounds}`);
    await change();
    const met = await asked.beside(asked.days);
    if (round > 0) {
      looks = met.health.length;
      health.push(percentile99(met.health));
      slowest.push(Math.max(...met.pages));
    }
    for (const what of Object.keys(ASKED) as Asked[]) {
      await change();
      const [first, again] = [await took(asked[what]), await took(asked[what])];
      if (round < 1) continue;
      cold[what]?.push(first);
      warm[what]?.push(again);
    }
  }
  await storage.close();
  await program.term();
  const goal = (must: number, aim: number) => ({ better: 'less', must, aim }) as const;
  const each = (Object.entries(ASKED) as [Asked, string][]).flatMap(([what, title]): Measure[] => [
    { name: `${name}: ${title}, after a change`, values: cold[what] ?? [], unit: 'ms', goal: goal(50, 25) },
    { name: `${name}: ${title}, again`, values: warm[what] ?? [], unit: 'ms', goal: goal(5, 2) },
  ]);
  return [
    {
      name: `${name}: p99 of \`/healthz\` beside ${PAGES} day pages`,
      values: health,
      unit: 'ms',
      goal: goal(20, 10),
      remark: `${full.bookings.length.toLocaleString('en')} bookings; ${looks} looks in the last round`,
    },
    { name: `${name}: the slowest of these ${PAGES} day pages`, values: slowest, unit: 'ms' },
    ...each,
  ];
}

/** Returns a function that adds an absence, long after all bookings, and the next time removes it. */
function absences(storage: Storage, { id: deskId, advisors }: FullDesk['desk']): () => Promise<void> {
  const start = Date.now() + 3 * 366 * DAY;
  const absence = {
    id: 'absence-of-the-bench',
    advisorId: advisors[0]?.id ?? '',
    time: { start, end: start + DAY },
    reason: null,
  };
  let isThere = false;
  return async () => {
    await storage.write(
      ({ desks }) => (isThere ? desks.removeAbsence(absence.id) : desks.addAbsence(deskId, absence)),
      { desk: deskId },
    );
    isThere = !isThere;
  };
}

type Ask = () => Promise<void>;

/** What is asked of the desk. What is answered otherwise than expected is an error: it would be fast. */
async function queries({ desk, bookings }: FullDesk, { origin }: Ready) {
  const page = (path: string, status = 200, json?: object): Ask => {
    return async () => {
      const answer = await ask(`${origin}${path}`, { method: json ? 'POST' : 'GET', json });
      if (answer.status !== status) throw new Error(`${path}: ${answer.status} ${answer.body.slice(0, 200)}`);
    };
  };
  const api = `/api/v1/desks/${desk.id}`;
  // Ten that differ, the languages first: what was found for one says nothing of another.
  const pairs = desk.topics
    .filter((topic) => topic.horizonDays === null)
    .flatMap((topic) => languagesForTopic(desk, topic.id).map((language, i) => ({ topic, language, i })))
    .sort((a, b) => a.i - b.i);
  const days = pairs.slice(0, PAGES).map(({ topic, language }) => {
    const query = new URLSearchParams({ language, topic: topic.id, mode: topic.modes[0] ?? '' });
    return page(`/en/${desk.id}/book/time?${query}`);
  });
  const [taken] = bookings.slice(bookings.length >> 1);
  if (!taken) throw new Error('a full desk without bookings');
  const wanted = { topic: 'residence', language: 'en', start: new Date(taken.time.start).toISOString() };
  const client = { name: 'Bench', email: 'bench@client.example', phone: '+49 211 5550100' };
  const [day] = days;
  if (!day) throw new Error('a full desk without topics');
  const free = async () => {
    const { body } = await ask(`${origin}${api}/slots?topic=school&language=en`);
    return (JSON.parse(body) as { slots: { start: string }[] }).slots.at(-1)?.start;
  };
  const own = { topic: 'school', language: 'en', start: await free(), client, consent: true };
  const { body } = await ask(`${origin}${api}/bookings`, { method: 'POST', json: own });
  const { manageUrl } = JSON.parse(body) as { manageUrl: string };
  return {
    days,
    day,
    move: page(`${new URL(manageUrl).pathname}/move`),
    start: page(`/en/${desk.id}`),
    explain: page(`${api}/slots/explain?topic=residence&language=en&mode=phone`),
    gone: page(`${api}/bookings`, 409, { ...wanted, client, consent: true }),

    /** All at once, while /healthz is looked at by somebody else. */
    async beside(asks: readonly Ask[]): Promise<{ health: number[]; pages: number[] }> {
      const health: number[] = [];
      let over = false;
      const watch = (async () => {
        while (!over) {
          health.push(await took(page('/healthz')));
          await rest(PROBE_MS);
        }
      })();
      const pages = await Promise.all(asks.map(took));
      over = true;
      await watch;
      return { health, pages };
    },
  };
}

interface Sent {
  readonly method?: string;
  readonly json?: object | undefined;
}

/** On a connection of its own: one that was kept breaks while nobody is answered. */
function ask(url: string, { method = 'GET', json }: Sent = {}): Promise<{ status: number | undefined; body: string }> {
  return new Promise((done, failed) => {
    const headers = json ? { 'Content-Type': 'application/json' } : {};
    const sent = request(url, { method, headers, agent: false }, (res) => {
      text(res).then((body) => done({ status: res.statusCode, body }), failed);
    });
    sent.on('error', failed).end(json && JSON.stringify(json));
  });
}

async function took(work: Ask): Promise<number> {
  const began = performance.now();
  await work();
  return performance.now() - began;
}

function percentile99(values: readonly number[]): number {
  return [...values].sort((a, b) => a - b)[Math.ceil(values.length * 0.99) - 1] ?? Number.NaN;
}
