import type { LocalTime } from '../../../../domain/calendar/hours';
import type { Desk } from '../../../../domain/desk';
import { topicsOnOffer } from '../../../../domain/desk';
import { lookupLanguage } from '../../../../domain/language';
import { languagesForTopic } from '../../../../domain/offering';
import { type WaitingWish, WEEKDAYS } from '../../../../domain/waiting/entry';
import * as fields from '../../../../fields/schemas';

/** The parts of a day that can be chosen; noon divides them. */
export const DAYTIMES = ['any', 'morning', 'afternoon'] as const;
type Daytime = (typeof DAYTIMES)[number];
const NOON: LocalTime = '12:00';

/** What was typed and ticked, trimmed and cut. */
export interface TypedWish {
  readonly topic: string;
  readonly languages: readonly string[];
  readonly weekdays: readonly string[];
  readonly daytime: string;
  readonly deadline: string;
  readonly name: string;
  readonly email: string;
  readonly phone: string;
}
export type WishField = keyof TypedWish;

/** Far more than the fields accept. */
const MAX_TYPED_LENGTH = 300;
const MAX_TICKS = 40;

/** @param body of the form, or else the address, in which a link says topic and language */
export function typedWish(body: unknown): TypedWish {
  const sent = (body ?? {}) as Readonly<Record<string, unknown>>;
  const text = (value: unknown) => (typeof value === 'string' ? value.trim().slice(0, MAX_TYPED_LENGTH) : '');
  const several = (value: unknown) => [value ?? []].flat().slice(0, MAX_TICKS).map(text);
  return {
    ...{ topic: text(sent.topic), languages: several(sent.languages), weekdays: several(sent.weekdays) },
    ...{ daytime: text(sent.daytime), deadline: text(sent.deadline) },
    ...{ name: text(sent.name), email: text(sent.email), phone: text(sent.phone) },
  };
}

/** Returns the wrong fields in the order of the page. Whether the desk can do it at all, the use case says. */
export function wrongIn(typed: TypedWish, desk: Desk): WishField[] {
  const { topic, languages, deadline, name, email, phone } = typed;
  const wrong: Partial<Record<WishField, boolean>> = {
    topic: !topicsOnOffer(desk).some(({ id }) => id === topic),
    languages: spokenOf(desk, topic, languages).length === 0,
    deadline: deadline !== '' && !fields.date.safeParse(deadline).success,
    name: !fields.name.safeParse(name).success,
    email: !fields.email.safeParse(email).success,
    phone: phone !== '' && !fields.phone.safeParse(phone).success,
  };
  return (['topic', 'languages', 'deadline', 'name', 'email', 'phone'] as const).filter((field) => wrong[field]);
}

/** Returns those of the languages in which somebody gives advice about the topic. */
function spokenOf(desk: Desk, topicId: string, languages: readonly string[]): string[] {
  const there = languagesForTopic(desk, topicId);
  return languages.flatMap((tag) => lookupLanguage(there, tag) ?? []);
}

/** Returns what is waited for, from a form in which nothing is wrong. */
export function wishOf({ topic, languages, weekdays, daytime, deadline }: TypedWish): WaitingWish {
  const [after, before] = TIMES[DAYTIMES.find((each) => each === daytime) ?? 'any'];
  return {
    ...{ topicId: topic, languages, mode: null, from: null, until: null },
    weekdays: WEEKDAYS.filter((day) => weekdays.includes(day)),
    ...{ after, before, deadline: deadline || null },
  };
}

const TIMES: Readonly<Record<Daytime, readonly [after: LocalTime | null, before: LocalTime | null]>> = {
  any: [null, null],
  morning: [null, NOON],
  afternoon: [NOON, null],
};
