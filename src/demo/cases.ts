import type { AppDeps } from '../app/deps';
import { DAY } from '../domain/calendar/dates';
import { addDays, localDate } from '../domain/calendar/zone';
import { type Case, type CaseResultKind, NO_STRATEGY } from '../domain/cases/case';
import { EMPTY_INTAKE } from '../domain/cases/intake';
import type { Desk } from '../domain/desk';
import { PEOPLE } from './people';

type Deps = Pick<AppDeps, 'storage' | 'ids' | 'now'>;

/** What the cases came to that were closed, with how many months each took. */
const CLOSED: readonly (readonly [CaseResultKind, number])[] = [
  ...[4, 6, 7, 7, 9, 11, 14].map((months) => ['work', months] as const),
  ...[5, 8, 10, 12, 12].map((months) => ['training', months] as const),
  ...[6, 9, 13, 15, 18].map((months) => ['recognition', months] as const),
  ...[2, 3].map((months) => ['moved', months] as const),
];
const MONTH_DAYS = 30;
/** So long ago they were closed, and so long before the open ones began. */
const [CLOSED_DAYS_AGO, BEGUN_DAYS_AGO] = [60, 45];

/** Gives a desk that works by case some cases of its first advisor: one on its way, one that has just begun, and closed ones. */
export async function fillCases({ storage, ids, now }: Deps, desk: Desk): Promise<void> {
  const [advisor] = desk.advisors;
  if (!desk.cases || !advisor) return;
  const at = now();
  const day = (days: number) => addDays(localDate(at, desk.hours.timeZone), days);
  const client = (language: string, n: number): Case['client'] => {
    const { name, handle } = PEOPLE[language]?.[n] ?? { name: 'Alex Beispiel', handle: 'alex' };
    return { name, email: `${handle}@client.example`, phone: null, languages: [language, 'de'] };
  };
  const base = (): Omit<Case, 'client'> => ({
    ...{ id: ids.uuid(), deskId: desk.id, advisors: [advisor.id], meetings: [], intake: EMPTY_INTAKE, steps: [] },
    ...{ strategy: NO_STRATEGY, state: 'open', result: null, closedAt: null, version: 1 },
    openedAt: at - BEGUN_DAYS_AGO * DAY,
  });
  const step = { owner: 'client', state: 'open', partnerId: null } as const;
  const all: Case[] = [
    {
      ...{ ...base(), client: client('uk', 0) },
      intake: {
        ...EMPTY_INTAKE,
        qualifications: [
          { what: 'Krankenschwester', country: 'Ukraine', level: 'vocational', papers: 'there', recognition: 'asked' },
          {
            what: '6 Jahre im Krankenhaus',
            country: 'Ukraine',
            level: 'experience',
            papers: 'partly',
            recognition: null,
          },
        ],
        obstacles: ['german', 'childcare'],
        goal: 'Wieder als Pflegefachfrau arbeiten',
      },
      steps: [
        { ...step, id: ids.uuid(), text: 'Zeugnisse übersetzen lassen', due: day(-10), state: 'done' },
        { ...step, id: ids.uuid(), text: 'Platz im Sprachkurs B2 annehmen', due: day(12) },
        {
          ...{ ...step, id: ids.uuid(), text: 'Antrag auf Anerkennung abgeben', due: day(30) },
          partnerId: desk.partners[0]?.id ?? null,
        },
      ],
      strategy: {
        text: 'Erst B2, daneben der Antrag auf Anerkennung, danach Anpassungslehrgang.',
        ...{ language: 'de', agreedOn: day(-20), changedSince: false },
      },
    },
    { ...base(), client: client('ar', 1), openedAt: at - DAY },
    ...CLOSED.map(([kind, months], i): Case => {
      const languages = Object.keys(PEOPLE);
      return {
        ...{ ...base(), client: client(languages[i % languages.length] ?? 'en', 0) },
        ...{ state: 'closed', result: { kind, on: day(-CLOSED_DAYS_AGO) }, closedAt: at - CLOSED_DAYS_AGO * DAY },
        openedAt: at - (CLOSED_DAYS_AGO + months * MONTH_DAYS) * DAY,
      };
    }),
  ];
  await storage.write(
    async ({ cases }) => {
      if ((await cases.ofAdvisor(desk.id, advisor.id)).length > 0) return;
      for (const each of all) await cases.add(each);
    },
    { desk: desk.id },
  );
}
